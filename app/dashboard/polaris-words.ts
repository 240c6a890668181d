import portuguese from '@shopify/polaris/locales/pt-BR.json'

/** The words inside Polaris's own components, in the language of that tag; null for English, which Shopify's provider brings. */
export function polarisWords(tag: string) {
  return tag.startsWith('pt') ? portuguese : null
}
