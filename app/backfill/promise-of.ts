import { DAY_MS } from '../lib/time'
import { type Run } from './read-run'

/**
 * When what a run finds is due. The newest promise goes first, so that of two records the one that is due later does: a day before the run
 * began puts it behind every webhook. And time runs backward from there, so that what is read first goes first, and what others refer to
 * before what refers to it.
 */
export function promiseOf({ startedAt }: Pick<Run, 'startedAt'>, now: Date): Date {
  const elapsed = now.getTime() - startedAt.getTime()
  return new Date(startedAt.getTime() - DAY_MS - elapsed)
}
