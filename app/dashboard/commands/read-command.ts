import { type z } from 'zod'
import { ParityError } from '~/lib/errors'
import { FieldError } from '~/lib/field-error'
import { Command } from './command'

/** Fields that may be there several times. */
const LISTS = ['id', 'resources']
const CODE = 'COMMAND_INVALID'
/** A schema may say what is wrong with a field by a code of its own: see `field.<code>` in the words. */
const FAULT = /^[A-Z][A-Z0-9_]*$/

/**
 * Reads a command from the text of a form.
 *
 * @throws FieldError `COMMAND_INVALID` with a code for each field that is wrong, and none of their values; ParityError of the same code
 *   where nobody knows such a command
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

  const faults = faultsOf(command.error)
  throw 'intent' in faults ? unknownCommand() : new FieldError(faults, { code: CODE })
}

/** The first thing that is said of a field stands. */
function faultsOf({ issues }: z.ZodError): Record<string, string> {
  const faults: Record<string, string> = {}
  for (const { path, message } of issues)
    faults[String(path[0] ?? 'intent')] ??= FAULT.test(message) ? message : 'INVALID'
  return faults
}

function unknownCommand(): ParityError {
  const words = 'There is no such thing to ask for. To be corrected: intent.'
  return new ParityError(CODE, { message: words, userMessage: words })
}
