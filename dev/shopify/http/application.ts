import express, { type Express } from 'express'
import { adminPages } from './admin-pages'
import { bulkFiles } from './bulk-files'
import { controlApi } from './control-api'
import { proxyToApp } from './proxy'
import { shopApi } from './shop-api'
import { type Standing } from './standing'

/** Everything the stand-in answers over HTTP. */
export function createApplication(standing: Standing): Express {
  const application = express()
  application.disable('x-powered-by')
  application.use(shopApi(standing))
  application.use(bulkFiles(standing))
  application.use(adminPages(standing))
  application.use('/__standin', controlApi(standing))
  application.use(proxyToApp(standing))
  return application
}
