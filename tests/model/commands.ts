import fc from 'fast-check'
import { aligning, answer, crash, lateTaking, race, step, sweeping, tick } from './delivery-commands'
import { crowd, news, redelivery } from './news-commands'
import { dismissal, pause, reconnection, reEvaluation, replay, replayOfDead } from './person-commands'

const told = [news, news, news, crowd, redelivery]
const delivered = [step, step, step, step, step, race, answer, answer, answer, lateTaking, crash]
const clockwork = [tick, tick, sweeping, aligning]
const person = [pause, reconnection, reEvaluation, replay, replayOfDead, dismissal]

/** Everything that can happen, each as often as it is interesting, in any order. */
export const commands = fc.commands([...told, ...delivered, ...clockwork, ...person], {
  maxCommands: 40,
  size: 'max',
})
