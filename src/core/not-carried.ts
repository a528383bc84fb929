/** What belongs to an analysis and no link carries. */
export const notCarriedKinds = [
  'pdf',
  'spectra',
  'encoder',
  'classifier',
  'training',
  'scores',
  'events',
  'chain',
  'networks',
  'fits',
  'toys',
] as const

export interface NotCarried {
  kind: (typeof notCarriedKinds)[number]
  /** Of a file or a model, in letters that a link can keep. */
  name?: string
}

/** As a link keeps it: a stranger may have written that link. */
export const notCarriedName = /^[A-Za-z0-9._+-]{1,60}$/

/** One entry, with the name that a link can keep. */
export function notCarried(kind: NotCarried['kind'], name?: string): NotCarried {
  if (name === undefined) return { kind }
  const kept = name.replace(/[^A-Za-z0-9._+-]+/g, '-').slice(0, 60)
  return kept === '' ? { kind } : { kind, name: kept }
}

const words: Record<NotCarried['kind'], string> = {
  pdf: 'the PDF',
  spectra: 'the dropped spectra',
  encoder: 'the encoder',
  classifier: 'the classifier of this browser',
  training: 'the training so far',
  scores: 'measured scores',
  events: 'the dropped events',
  chain: 'the dropped chain',
  networks: 'trained networks',
  fits: 'results of fits',
  toys: 'toys and calibrations',
}

/** In words: "the dropped events mine.csv and results of fits". */
export function heldWords(all: readonly NotCarried[]): string {
  const names = all.map(({ kind, name }) => (name === undefined ? words[kind] : `${words[kind]} ${name}`))
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

/** What a link opens to, as is said when it is copied. */
export function heldSentence(lacks: readonly NotCarried[]): string {
  if (lacks.length === 0) return 'It opens to exactly this analysis.'
  return `It opens to these settings without ${heldWords(lacks)}: no link carries them. A bundle takes them along.`
}

/** What is said where such a link is opened; null where it lacks nothing. */
export function openedSentence(lacks: readonly NotCarried[]): string | null {
  if (lacks.length === 0) return null
  return `The link was copied beside ${heldWords(lacks)}, which no link carries. What this browser does not hold has to be dropped or made again; until then the page shows less than its sender saw, or another thing.`
}
