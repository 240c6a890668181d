export { startSaas, type Saas, type SaasOptions } from './start-saas'
export { type SaasFaultInput } from './faults'
export { type MirroredRecord } from './mirror'
export { type RecordedRequest } from './recorder'
