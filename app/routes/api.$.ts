import { type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { parity } from '~/boot.server'

/** The built-in receiver: `/api/**`, whatever the method. */
export const loader = ({ request }: LoaderFunctionArgs) => parity().receiver.handle(request)
export const action = ({ request }: ActionFunctionArgs) => parity().receiver.handle(request)
