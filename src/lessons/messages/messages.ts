import type { Language } from '../../core/learn-choices.ts'
import type { Values } from '../lesson.ts'

/** Texts by name, such as "universe.dots.text". */
export type Messages = Readonly<Record<string, string>>

/** The language that has every text: what another lacks is shown in it. */
export const wholeLanguage: Language = 'en'

const files: Readonly<Record<Language, () => Promise<{ default: Messages }>>> = {
  en: () => import('./en.json'),
  es: () => import('./es.json'),
}

/** All texts in a language; those that it lacks are in English. */
export async function loadMessages(language: Language): Promise<Messages> {
  const [whole, own] = await Promise.all([files[wholeLanguage](), files[language]()])
  return { ...whole.default, ...own.default }
}

/** Names that the first has and the second lacks, in their order. */
export function missingMessages(whole: Messages, own: Messages): string[] {
  return Object.keys(whole).filter((name) => !(name in own))
}

/** The language of a link, else the first of the browser's that there is. */
export function chosenLanguage(asked: Language | null, browser: readonly string[]): Language {
  if (asked) return asked
  const known = Object.keys(files) as Language[]
  for (const tag of browser) {
    const found = known.find((each) => tag.toLowerCase().split('-')[0] === each)
    if (found) return found
  }
  return wholeLanguage
}

/** @returns the text with its names in braces filled in; a name without a value stays in its braces */
export function filled(text: string, values: Values): string {
  const known = new Map(Object.entries(values))
  return text.replace(/\{([a-zA-Z]+)\}/g, (whole, name: string) => String(known.get(name) ?? whole))
}
