import express, { Router } from 'express'
import { answerGraphql } from '../graphql/answer-graphql'
import { grantToken } from '../oauth/grant-token'
import { type Standing } from './standing'
import { shopOf } from './which-shop'

/** The one version whose schema the stand-in has. */
const API_VERSION = '2026-10'
const UNKNOWN_TOKEN = {
  errors: '[API] Invalid API key or access token (unrecognized login or wrong password)',
}

/** What `https://<shop>.myshopify.com` answers to an app. */
export function shopApi({ shops, app }: Standing): Router {
  const router = Router()
  const body = [express.json({ limit: '2mb' }), express.urlencoded({ extended: false })]

  router.post('/admin/oauth/access_token', ...body, (request, response, next) => {
    const shop = shopOf(shops, request)
    if (!shop) return response.status(404).json({ errors: 'Not Found' })
    const { domain: shopDomain, tokens, tokenFaults: faults, state } = shop
    const staff = (userId: string) => shop.staff(userId)
    grantToken({ app: app(), shopDomain, clock: state.clock, tokens, staff, faults }, request.body)
      .then((reply) => {
        if (reply.status === 200) shop.noteInstalled()
        response.status(reply.status).json(reply.body)
      })
      .catch(next)
  })

  router.post('/admin/api/:version/graphql.json', ...body, (request, response, next) => {
    const shop = shopOf(shops, request)
    const token = request.get('x-shopify-access-token')
    if (!shop || token === undefined || !shop.tokens.isActive(token))
      return response.status(401).json(UNKNOWN_TOKEN)
    if (request.params.version !== API_VERSION) return response.status(404).json({ errors: 'Not Found' })
    const { state, scopes, bulk, costs: bucket, graphqlFaults: faults } = shop
    answerGraphql({ shop: state, scopes, bulk, bucket, faults }, request.body)
      .then((reply) => {
        response.set('Date', new Date(state.clock.now()).toUTCString())
        response.status(reply.status).json(reply.body)
      })
      .catch(next)
  })
  return router
}
