import { type PayloadView } from '../presenters/event-page.server'
import { useLanguage } from './language-context'
import { PayloadBlock } from './payload-block'
import { PersonalDataButton } from './personal-data-button'
import { TitledCard } from './titled-card'
import { usePersonalData } from './use-personal-data'

/** The payload of an event: personal values hidden, until a person who may see them asks. */
export function PayloadCard({ id, payload }: { id: string; payload: PayloadView }) {
  const { t } = useLanguage()
  const personal = usePersonalData('event', [id])
  const hides = payload.kind === 'shown' && payload.lines.some(({ kind }) => kind === 'hidden')
  return (
    <TitledCard title={t('event.payload')}>
      {hides && <PersonalDataButton data={personal} />}
      <PayloadBlock payload={personal.shown?.payload ?? payload} isRevealed={personal.shown !== null} />
    </TitledCard>
  )
}
