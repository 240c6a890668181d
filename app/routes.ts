import { flatRoutes } from '@remix-run/fs-routes'
import { type RouteConfig } from '@remix-run/route-config'

/** Flat file routes; tests and server modules may lie beside them. */
export default flatRoutes({
  ignoredRouteFiles: ['**/.*', '**/*.test.*', '**/*.server.*'],
}) satisfies RouteConfig
