/**
 * A text, or one form for each plural category of the language (Intl.PluralRules), chosen by `{count}`. `{name}` is filled in. Nothing
 * here is HTML.
 */
export type Message = string | ({ other: string } & Partial<Record<Intl.LDMLPluralRule, string>>)

/** Some of the words of the pages. */
export type Words = Record<string, Message>

/** The same words in another language: none is missing, none is left over. */
export type Translation<Original extends Words> = Record<keyof Original, Message>
