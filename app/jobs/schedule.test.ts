import { expect, it } from 'vitest'
import { ParityError } from '../lib/errors'
import { checkSchedules, findSchedule, type Schedule } from './schedule'

const schedule = (name: string, everyMs = 1_000): Schedule => ({
  name,
  everyMs,
  run: () => Promise.resolve({}),
})

it.each([
  ['a name that is none', [schedule('Sweep up')], '"Sweep up" is no name'],
  ['no name at all', [schedule('')], '"" is no name'],
  ['one name twice', [schedule('sweep'), schedule('retention'), schedule('sweep')], '"sweep" is there twice'],
  ['a period of nothing', [schedule('sweep', 0)], 'the period of "sweep" is 0'],
  ['a period below nothing', [schedule('sweep', -5)], 'the period of "sweep" is -5'],
  ['a period that is no number', [schedule('sweep', Number.NaN)], 'the period of "sweep" is NaN'],
  ['a period without end', [schedule('sweep', Infinity)], 'the period of "sweep" is Infinity'],
])('%s makes no schedule', (_what, schedules, words) => {
  expect(() => checkSchedules(schedules)).toThrow(ParityError)
  expect(() => checkSchedules(schedules)).toThrow(words)
})

it('every fault is named at once', () => {
  expect(() => checkSchedules([schedule('sweep', 0), schedule('sweep'), schedule('?')])).toThrow(
    'No schedules: the period of "sweep" is 0, and not a number of milliseconds above 0; "sweep" is there twice; "?" is no name of lower-case letters and dashes.',
  )
})

it('schedules that differ in name and have a period are taken', () => {
  expect(() => checkSchedules([schedule('sweep'), schedule('look-again', 1)])).not.toThrow()
})

it('a schedule that does not exist is refused with the list of those that do', () => {
  const schedules = [schedule('sweep'), schedule('retention')]
  expect(findSchedule(schedules, 'retention')).toBe(schedules[1])
  expect(() => findSchedule(schedules, 'retentoin')).toThrow(
    'There is no schedule "retentoin". There are: sweep, retention.',
  )
})
