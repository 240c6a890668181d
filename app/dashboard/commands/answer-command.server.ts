import { ParityError } from '~/lib/errors'
import { FieldError } from '~/lib/field-error'
import { readBody } from '~/lib/read-body'
import { type ShopScope } from '../presenters/scope.server'
import { type CommandAnswer } from './command'
import { readCommand } from './read-command'
import { runCommand } from './run-command.server'
import { type CommandPorts } from './runner'

/** Enough for the largest selection and the longest reason, address and key. */
const MAX_BYTES = 64 * 1024

/** The status of a refusal; 400 for what is not named here. */
const STATUS: Readonly<Record<string, number>> = {
  CONNECTION_MISSING: 404,
  RECORD_MISSING: 404,
  GROUP_MISSING: 404,
  EVENT_MISSING: 404,
  RUN_MISSING: 404,
  SOURCE_MISSING: 404,
  RECORD_UNDER_WAY: 409,
  RECORD_EXCLUDED: 409,
  RECORD_UNKNOWN: 409,
  RECORD_NOT_DEAD: 409,
  RECORD_NOT_RETRYING: 409,
  RECORD_NOT_BEFORE: 409,
  EVENT_MAPPED: 409,
  SHOP_NOT_INSTALLED: 409,
  RESOURCE_NOT_SELECTED: 409,
  RESOURCE_OUT_OF_REACH: 409,
  RUN_UNDER_WAY: 409,
  RUN_ENDED: 409,
  RUN_NOT_ASKING: 409,
  CONNECTION_CLOSED: 409,
  ALERT_TESTED: 429,
  PAYLOAD_FORGOTTEN: 410,
  COMMAND_TOO_LARGE: 413,
  COMMAND_NOT_A_FORM: 415,
  SEAL_BROKEN: 500,
}

/** Reads a command from a request of a shop, carries it out, and says what became of it. */
export async function answerCommand(
  request: Request,
  ports: CommandPorts,
  scope: ShopScope,
): Promise<Response> {
  try {
    return answer(await runCommand(ports, scope, readCommand(await readForm(request))), 200)
  } catch (error) {
    if (!(error instanceof ParityError)) throw error
    const { code, userMessage: message } = error
    const fields = error instanceof FieldError ? { fields: error.fields } : {}
    return answer({ ok: false, code, message, ...fields }, STATUS[code] ?? 400)
  }
}

async function readForm(request: Request): Promise<string> {
  const type = request.headers.get('content-type') ?? ''
  if (!type.startsWith('application/x-www-form-urlencoded'))
    throw refusal('COMMAND_NOT_A_FORM', 'A command is a form, URL-encoded.')
  const body = await readBody(request, MAX_BYTES)
  if (body === null) throw refusal('COMMAND_TOO_LARGE', 'The command is too large.')
  return new TextDecoder().decode(body)
}

function answer(body: CommandAnswer, status: number): Response {
  return Response.json(body, { status })
}

function refusal(code: string, words: string): ParityError {
  return new ParityError(code, { message: words, userMessage: words })
}
