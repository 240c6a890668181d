import { BlockStack, Button, InlineStack, Text } from '@shopify/polaris'
import { isWordKey } from '../language'
import { type RevealWish } from '../reveal/reveal-wish'
import { useLanguage } from './language-context'
import { type PersonalData } from './use-personal-data'

/** Shows personal data, or hides it again, and says what became of that. */
export function PersonalDataButton<Subject extends RevealWish['subject']>({
  data: { shown, show, hide, isAsking, refused },
}: {
  data: PersonalData<Subject>
}) {
  const { t } = useLanguage()
  return (
    <BlockStack gap="200">
      <InlineStack>
        <Button loading={isAsking} onClick={shown ? hide : show}>
          {t(shown ? 'personal.hide' : 'personal.show')}
        </Button>
      </InlineStack>
      <div role="status">
        {shown && (
          <Text as="p" tone="subdued">
            {t('personal.logged')}
          </Text>
        )}
        {refused !== null && (
          <Text as="p" tone="critical">
            {t(refusalKey(refused))}
          </Text>
        )}
      </div>
    </BlockStack>
  )
}

function refusalKey(code: string) {
  const key = `personal.${code}`
  return isWordKey(key) ? key : 'personal.other'
}
