export { startSaas, type Saas } from './start-saas'
export { type RecordedRequest } from './recorder'
