import { ApiVersion } from '@shopify/shopify-api'

/** The Admin API version that everything here speaks; `shopify.app.toml` names the same one. */
export const API_VERSION = ApiVersion.October26
