import { type CommandAnswer, type CommandDone } from '../commands/command'
import { isWordKey, type Language } from '../language'

/** What became of a command, in words. */
export function commandWords(language: Language, answer: CommandAnswer): string {
  if (answer.ok) return [doneWords(language, answer), ...leftWords(language, answer)].join(' ')
  if (answer.fields) return language.t('field.some', { count: Object.keys(answer.fields).length })
  const key = `refused.${answer.code}`
  return isWordKey(key) ? language.t(key) : language.told(answer.message)
}

function doneWords({ t }: Language, { intent, count, outcome, test }: CommandDone): string {
  switch (intent) {
    case 'pause':
    case 'resume':
    case 'replay-events':
    case 'backfill':
    case 'reconcile':
    case 'cancel-run':
    case 'start-run-again':
    case 'confirm-run':
    case 'decline-run':
    case 'dismiss-notice':
    case 'save-alerts':
    case 'test-alert':
    case 'renew-alert-secret':
    case 'remove-resource':
    case 'cancel-removal':
    case 'save-connection':
    case 'disconnect':
      return t(`done.${intent}`)
    case 'save-mirror':
    case 'save-privacy':
      return t('form.saved')
    case 'replay':
    case 'replay-dead':
    case 'replay-group':
      return t('done.replay', { count: count ?? 0 })
    case 'dismiss-group':
      return t('done.dismiss-group', { count: count ?? 0 })
    case 'dismiss':
    case 'retry':
    case 'replay-matching':
      return t(`done.${intent}`, { count: count ?? 0 })
    case 'send-test-event':
      return t(test?.outcome === 'delivered' ? 'done.send-test-event' : 'done.send-test-event.not')
    case 'replay-event':
      return t(outcome === 'unmapped' ? 'done.replay-event.unmapped' : 'done.replay-event')
  }
}

/** What it did not reach, a sentence for each reason. */
function leftWords({ t }: Language, { left }: CommandDone): string[] {
  const reasons = [...new Set(left.map(({ why }) => `left.${why}`))].filter(isWordKey)
  return reasons.map((key) => t(key, { count: left.filter(({ why }) => key === `left.${why}`).length }))
}
