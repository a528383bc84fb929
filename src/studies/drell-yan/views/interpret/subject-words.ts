import type { Subject } from '../../state/subject.ts'

/** The subject within a sentence: "the live universe", "universe 7, replica 2", "the Standard Model", a file's name. */
export function inSentence({ kind, title }: Pick<Subject, 'kind' | 'title'>): string {
  if (kind === 'measurement' || kind === 'dropped') return title
  if (kind === 'live') return `the ${lowerFirst(title)}`
  return title.startsWith('Standard Model') ? `the ${title}` : lowerFirst(title)
}

/** The same where it begins the sentence. */
export function beginningSentence(subject: Pick<Subject, 'kind' | 'title'>): string {
  const words = inSentence(subject)
  // A file keeps its name as it is written.
  return subject.kind === 'dropped' ? words : words[0].toUpperCase() + words.slice(1)
}

function lowerFirst(text: string): string {
  return text[0].toLowerCase() + text.slice(1)
}
