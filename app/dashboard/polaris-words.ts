import english from '@shopify/polaris/locales/en.json' with { type: 'json' }
import portuguese from '@shopify/polaris/locales/pt-BR.json' with { type: 'json' }

/** The words inside Polaris's own components, in the language of that tag. */
export function polarisWords(tag: string) {
  return tag.startsWith('pt') ? portuguese : english
}
