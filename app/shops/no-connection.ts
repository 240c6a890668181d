import { ParityError } from '../lib/errors'

/** A connection that is not there. One of another shop is not there either: nothing tells the two apart. */
export function noConnection(): ParityError {
  return new ParityError('CONNECTION_MISSING', {
    message: 'The shop has no such connection.',
    userMessage: 'There is no such connection to a SaaS.',
  })
}
