import { defaultDetector, type DetectorSettings, type Selection } from '../../../../generator/detector.ts'
import { featureSets } from '../../../../generator/observables.ts'
import type { ReadRatioCard, RatioSetup } from '../../../../ml/ratio/ratio-card.ts'
import { ratioPresets } from '../../../../ml/ratio/ratio-presets.ts'
import { densityDigest } from '../../../../physics/pdf/density-digest.ts'
import type { TopPairProcess } from '../../../../physics/top-pair/hadronic.ts'
import { dipoleConventions } from '../../../../physics/top-pair/operators.ts'
import type { FitSetup } from '../fit/fit-setup.ts'
import { setupDetector, setupProcess, setupSelections } from '../fit/setup-process.ts'
import { setupTerms } from './network-tasks.ts'
import { parseRatioTerm } from './ratio-terms.ts'

/** What the app's own events are: all of a card's set-up is known. */
export function networkSetup(
  process: TopPairProcess,
  selection: Selection | null,
  detector: DetectorSettings | null,
): { [K in keyof RatioSetup]: NonNullable<RatioSetup[K]> } {
  const { sqrtS, mttMin, operators, pdf, mu, parameters } = process
  return {
    sqrtSGeV: sqrtS,
    mttMinGeV: mttMin,
    selection: selection ? cutNumbers(selection) : 'none',
    smearing: detector ?? 'none',
    operators: [...operators],
    pdf: { id: pdf.id, sha256: densityDigest(pdf, mu) },
    muGeV: mu,
    alphaS: parameters.alphaS,
    ctG: dipoleConventions[0], // that of all weights in the app
  }
}

function cutNumbers({ absEtaLepton, absEtaB, zVeto, ...cuts }: Selection) {
  const upTo = (value: number): number | null => (value < Infinity ? value : null)
  const veto: [number, number] | null = zVeto && [zVeto[0], zVeto[1]]
  return { ...cuts, absEtaLepton: upTo(absEtaLepton), absEtaB: upTo(absEtaB), zVeto: veto }
}

/** What a fit asks of networks that come from elsewhere. */
export interface WantedNetworks {
  setup: RatioSetup
  features: readonly string[]
  /** All of the polynomial but the SM's; those that vanish among them. */
  terms: readonly string[]
}

export function wantedNetworks(setup: FitSetup): WantedNetworks {
  return {
    setup: networkSetup(setupProcess(setup), setupSelections[setup.selection], setupDetector(setup)),
    features: featureSets[ratioPresets[setup.preset].features],
    terms: setupTerms(setup),
  }
}

export interface CardDifference {
  what: string
  card: string
  wanted: string
}

export interface CardVerdict {
  /** Any of them makes the network one of other events. */
  different: CardDifference[]
  /** What the card leaves open, so that nobody can tell. */
  unsaid: string[]
}

/**
 * Whether a network is one for these events. Order of the features does not matter, they are found by name; operators and terms beyond
 * those wanted do no harm, as the ratio of a term is the same function whatever was learned beside it.
 */
export function compareCard({ setup, features, terms }: ReadRatioCard, wanted: WantedNetworks): CardVerdict {
  const verdict: CardVerdict = { different: [], unsaid: [] }
  const compare = (what: string, card: unknown, other: unknown): void => {
    if (card === null) verdict.unsaid.push(what)
    else if (!agree(card, other)) verdict.different.push({ what, card: words(card), wanted: words(other) })
  }
  const { setup: own } = wanted
  compare('sqrt(s) [GeV]', setup.sqrtSGeV, own.sqrtSGeV)
  compare('lowest m_tt [GeV]', setup.mttMinGeV, own.mttMinGeV)
  compareNumbers('selection', setup.selection, own.selection, compare)
  compareNumbers('smearing', setup.smearing, own.smearing, compare)
  if (!agree(features.toSorted(), wanted.features.toSorted()))
    verdict.different.push({
      what: 'features',
      card: featureWords(features),
      wanted: featureWords(wanted.features),
    })
  const shared = terms.filter((term) => wanted.terms.some((other) => sameTerm(term, other)))
  const needed = [...new Set(shared.flatMap((term) => parseRatioTerm(term).operators))]
  if (setup.operators === null) verdict.unsaid.push('operators')
  else if (needed.some((name) => !setup.operators!.includes(name)))
    verdict.different.push({ what: 'operators', card: words(setup.operators), wanted: words(needed) })
  compare('PDF', setup.pdf?.id ?? null, own.pdf?.id)
  compare('sha256 of the densities', setup.pdf?.sha256 ?? null, own.pdf?.sha256)
  compare('scale [GeV]', setup.muGeV, own.muGeV)
  compare('alpha_s', setup.alphaS, own.alphaS)
  compare('c_tG convention', setup.ctG, own.ctG)
  return verdict
}

/** Number by number where both sides have them, so that a message names the one that differs. */
function compareNumbers(
  what: string,
  card: RatioSetup['selection'] | RatioSetup['smearing'],
  own: RatioSetup['selection'] | RatioSetup['smearing'],
  compare: (what: string, card: unknown, own: unknown) => void,
): void {
  if (card === null || own === null || typeof card === 'string' || typeof own === 'string')
    return compare(what, card, own)
  const wanted = new Map(Object.entries(own))
  for (const [name, value] of Object.entries(card)) {
    const other: unknown = wanted.get(name)
    // null is a cut that cuts nothing, not one that nobody stated.
    compare(`${what} ${name}`, value ?? 'none', other ?? 'none')
  }
}

/** Energies are typed, but alpha_s is computed, by machines whose logarithms differ in the last digit. */
const tolerance = 1e-9

function agree(a: unknown, b: unknown): boolean {
  if (typeof a === 'number' && typeof b === 'number') return Math.abs(a - b) <= tolerance * Math.abs(b)
  if (!isObject(a) || !isObject(b)) return a === b
  const [keys, others] = [Object.keys(a), Object.keys(b)]
  return keys.length === others.length && keys.every((key) => agree(a[key], b[key]))
}

/** Lists too: their keys are the places. */
function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function words(value: unknown): string {
  if (Array.isArray(value))
    return value.every((entry) => typeof entry === 'number') ? value.join(' to ') : value.join(', ')
  if (isObject(value)) return objectWords(value)
  const text = String(value)
  return /^[0-9a-f]{64}$/.test(text) ? `${text.slice(0, 12)}…` : text
}

function objectWords(value: Record<string, unknown>): string {
  const known = Object.entries(setupSelections).find(
    ([, selection]) => selection && agree(cutNumbers(selection), value),
  )
  const name = known?.[0] ?? (agree(defaultDetector, value) ? 'the default' : null)
  const numbers = Object.entries(value).map(([key, entry]) => `${key} ${words(entry ?? 'none')}`)
  return name === null ? numbers.join(', ') : `${name} (${numbers.join(', ')})`
}

/** The name of a long set that has one. */
function featureWords(features: readonly string[]): string {
  if (features.length <= 4) return features.join(', ')
  const known = Object.entries(featureSets).find(([, names]) => agree(names.toSorted(), features.toSorted()))
  return known ? `the set ${known[0]}` : `${features.length} others (${features.slice(0, 4).join(', ')}, …)`
}

/** "td8*tq8" is "tq8*td8". */
export function sameTerm(a: string, b: string): boolean {
  return a === b || a.split('*').toSorted().join('*') === b.split('*').toSorted().join('*')
}
