import { ParityError } from '~/lib/errors'
import { Command } from './command'

/** Fields that may be there several times. */
const LISTS = ['id']

/**
 * Reads a command from the text of a form.
 *
 * @throws ParityError `COMMAND_INVALID` that names the fields that are wrong, and none of their values
 */
export function readCommand(form: string): Command {
  const params = new URLSearchParams(form)
  const fields = Object.fromEntries(
    [...new Set(params.keys())].map((name) => [
      name,
      LISTS.includes(name) ? params.getAll(name) : params.get(name),
    ]),
  )
  const command = Command.safeParse(fields)
  if (command.success) return command.data

  const names = [...new Set(command.error.issues.map(({ path }) => String(path[0] ?? 'intent')))].join(', ')
  const words = `This cannot be done as it was asked for. To be corrected: ${names}.`
  throw new ParityError('COMMAND_INVALID', { message: words, userMessage: words })
}
