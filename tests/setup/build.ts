export { buildApp as default } from '../../dev/build-app'
