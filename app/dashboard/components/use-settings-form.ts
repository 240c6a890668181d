import { useState } from 'react'
import { type CommandAnswer, type CommandFields } from '../commands/command'
import { isWordKey, type Language } from '../language'
import { useLanguage } from './language-context'
import { useCommand } from './use-command'
import { useSettled } from './use-settled'

/** What the fields of a form hold, by name: texts, switches and choices of several. */
export type FormValues = Record<string, string | boolean | readonly string[]>

/** What a Polaris field of a form is given. */
export interface BoundField<Value> {
  name: string
  value: Value
  onChange(value: Value): void
  /** What is wrong with it, in words; false when nothing is, as far as is known. */
  error: string | false
}

/** A form of the settings, from what is set now to what is saved. */
export interface SettingsForm<Values extends FormValues> {
  /** What is set, with what the person has changed and not saved. */
  values: Values
  /** Changes some fields; what was wrong with them is forgotten. */
  change(changes: Partial<Values>): void
  isDirty: boolean
  isSaving: boolean
  /** What became of the last save: null before it, and after a change was discarded. */
  answer: CommandAnswer | null
  /** What is wrong with a field, in words; false when nothing is, as far as is known. */
  error(name: string): string | false
  /** What a field is given whose value is of that name. */
  field<Name extends keyof Values & string>(name: Name): BoundField<Values[Name]>
  /** Sends the form; once, however often it is called until the answer is there. */
  save(): void
  /** Goes back to what is set. */
  discard(): void
}

interface SettingsFormOptions<Values extends FormValues> {
  /** Names the form among those of the page. */
  key: string
  /** What is set now, as the loader says it; `''` for a secret. What a person has not touched follows it. */
  saved: Values
  /** The command that saves these values. */
  command(values: Values): CommandFields
}

/** Keeps what a person changes in a form until it is saved or discarded. What is set stays what the loader says. */
export function useSettingsForm<Values extends FormValues>(
  options: SettingsFormOptions<Values>,
): SettingsForm<Values> {
  const { saved, command } = options
  const language = useLanguage()
  const { give, isUnderWay, answer } = useCommand(options.key)
  const [edits, setEdits] = useState<Partial<Values>>({})
  const [forgotten, setForgotten] = useState<CommandAnswer | null>(null)
  const [changed, setChanged] = useState<string[]>([])
  const values = { ...saved, ...edits }
  const told = answer === forgotten ? null : answer

  // Once the page shows what was saved, nothing is changed any more.
  useSettled(answer, isUnderWay, ({ ok }) => ok && setEdits({}))

  const change = (changes: Partial<Values>) => {
    setEdits((before) => ({ ...before, ...changes }))
    setChanged((before) => [...before, ...Object.keys(changes)])
  }
  const error = (name: string) =>
    told?.ok === false && !changed.includes(name) && faultWords(language, told.fields?.[name])
  return {
    values,
    change,
    isDirty: Object.keys(saved).some((name) => !isSame(saved[name], values[name])),
    isSaving: isUnderWay,
    answer: told,
    error,
    field: (name) => ({
      name,
      value: values[name],
      onChange: (value) => change({ [name]: value } as unknown as Partial<Values>),
      error: error(name),
    }),
    save() {
      if (isUnderWay) return
      setChanged([])
      give(command(values))
    },
    discard() {
      setEdits({})
      setForgotten(answer)
    },
  }
}

/** A fault without words of its own is still told. */
function faultWords({ t }: Language, code: string | undefined): string | false {
  if (code === undefined) return false
  const key = `field.${code}`
  return t(isWordKey(key) ? key : 'field.INVALID')
}

/** The order in which several were chosen does not count. */
function isSame(one: FormValues[string] | undefined, other: FormValues[string] | undefined): boolean {
  if (!Array.isArray(one) || !Array.isArray(other)) return one === other
  return one.length === other.length && one.every((each) => other.includes(each))
}
