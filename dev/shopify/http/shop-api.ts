import express, { Router } from 'express'
import { grantToken } from '../oauth/grant-token'
import { type Standing } from './application'
import { shopOf } from './which-shop'

/** What `https://<shop>.myshopify.com` answers to an app. */
export function shopApi({ shops, app }: Standing): Router {
  const router = Router()
  const body = [express.json({ limit: '2mb' }), express.urlencoded({ extended: false })]

  router.post('/admin/oauth/access_token', ...body, (request, response, next) => {
    const shop = shopOf(shops, request)
    if (!shop) return response.status(404).json({ errors: 'Not Found' })
    const { domain: shopDomain, tokens, tokenFaults: faults, state } = shop
    grantToken({ app: app(), shopDomain, clock: state.clock, tokens, faults }, request.body)
      .then((reply) => {
        if (reply.status === 200) shop.noteInstalled()
        response.status(reply.status).json(reply.body)
      })
      .catch(next)
  })
  return router
}
