import { ParityError } from '~/lib/errors'

/** Shopify does not take the shop's token any more; only a person who opens the app gets a new one. Not to be retried. */
export function tokenRefused(shop: string, cause?: unknown): ParityError {
  return new ParityError('TOKEN_REFUSED', {
    message: `Shopify refused the access of ${shop}`,
    userMessage:
      'Shopify does not accept Parity’s access to this shop any more. Open Parity in the Shopify admin once to renew it.',
    cause,
  })
}

/** There is no token, because the app was never opened in that shop or was uninstalled. Not to be retried. */
export function notInstalled(shop: string): ParityError {
  return new ParityError('NOT_INSTALLED', {
    message: `there is no offline session of ${shop}`,
    userMessage: 'Parity is not installed in this shop. Install it from the Shopify admin.',
  })
}

/** Shopify did not answer, or answered that it cannot now. To be retried. */
export function shopifyUnreachable(shop: string, why: string, cause?: unknown): ParityError {
  return new ParityError('SHOPIFY_UNREACHABLE', {
    message: `Shopify could not be asked about ${shop}: ${why}`,
    userMessage: 'Shopify cannot be reached at the moment. Parity tries again by itself.',
    cause,
  })
}

/** Shopify answered what its documentation does not promise. To be looked at. */
export function answerNotUnderstood(shop: string, why: string): ParityError {
  return new ParityError('SHOPIFY_ANSWER', {
    message: `Shopify's answer about ${shop} was not understood: ${why}`,
    userMessage: 'Shopify answered in a way that Parity does not understand.',
  })
}

/** One question asks for more than Shopify ever answers at once. */
export class TooCostly extends ParityError {
  constructor(shop: string) {
    super('SHOPIFY_ANSWER', {
      message: `a question about ${shop} costs more than Shopify lets one cost`,
      userMessage: 'Shopify answered in a way that Parity does not understand.',
    })
    this.name = 'TooCostly'
  }
}

/** The file of an export is not there any more, at this address. Ask for the export's state, and read from its new address or begin anew. */
export function exportExpired(shop: string): ParityError {
  return new ParityError('EXPORT_EXPIRED', {
    message: `the file of an export of ${shop} is not at its address any more`,
    userMessage: 'The export that Shopify made has expired. Parity asks for it again.',
  })
}

/** The file of an export ends, or breaks off, in the middle of a line. To be read again from where the last record ended. */
export function exportCut(shop: string, why: string): ParityError {
  return new ParityError('EXPORT_CUT', {
    message: `the file of an export of ${shop} is damaged: ${why}`,
    userMessage: 'The export that Shopify made came damaged. Parity reads it again.',
  })
}
