import fc from 'fast-check'
import {
  aligning,
  answer,
  crash,
  lateTaking,
  misplaced,
  race,
  round,
  step,
  sweeping,
  tick,
} from './delivery-commands'
import { crowd, news, redelivery } from './news-commands'
import {
  cancelledRemoval,
  dismissal,
  pause,
  reconnection,
  reEvaluation,
  removal,
  replay,
  replayOfDead,
} from './person-commands'

const told = [news, news, news, news, crowd, redelivery]
const delivered = [step, step, step, step, answer, answer, answer, answer, round, round, round, round]
const astray = [race, lateTaking, crash]
const clockwork = [tick, tick, tick, sweeping, misplaced, aligning]
const person = [
  pause,
  reconnection,
  reconnection,
  reEvaluation,
  replay,
  replayOfDead,
  dismissal,
  removal,
  cancelledRemoval,
]

/** Everything that can happen, each as often as it is interesting, in any order. */
export const commands = fc.commands([...told, ...delivered, ...astray, ...clockwork, ...person], {
  maxCommands: 50,
  size: 'max',
})
