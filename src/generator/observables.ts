import { AppError } from '../errors.ts'
import type { Production } from './sampler.ts'
import type { DecayAngles } from './decay.ts'

interface ObservableInfo {
  unit: 'GeV' | '1' | 'rad'
  description: string
}

/**
 * Everything that can be a column. Names of reconstructed quantities are ML4EFT's (arXiv:2211.02058): l1 is the l-,
 * l2 the l+. Quantities called true are taken before smearing.
 */
const table = {
  m_tt: { unit: 'GeV', description: 'true mass of the top pair' },
  y_tt: { unit: '1', description: 'true rapidity of the top pair' },
  cos_theta: { unit: '1', description: 'true cosine of top against beam 1 in the rest frame of the pair' },
  pt_t: { unit: 'GeV', description: 'true transverse momentum of the top' },
  plus_r: { unit: '1', description: 'true l+ direction in the top rest frame along r' },
  plus_n: { unit: '1', description: 'true l+ direction in the top rest frame along n' },
  plus_k: { unit: '1', description: 'true l+ direction in the top rest frame along k' },
  minus_r: { unit: '1', description: 'true l- direction in the antitop rest frame along r' },
  minus_n: { unit: '1', description: 'true l- direction in the antitop rest frame along n' },
  minus_k: { unit: '1', description: 'true l- direction in the antitop rest frame along k' },
  pt_l1: { unit: 'GeV', description: 'transverse momentum of the l-' },
  pt_l2: { unit: 'GeV', description: 'transverse momentum of the l+' },
  pt_l_leading: { unit: 'GeV', description: 'larger lepton transverse momentum' },
  pt_l_trailing: { unit: 'GeV', description: 'smaller lepton transverse momentum' },
  eta_l1: { unit: '1', description: 'pseudorapidity of the l-' },
  eta_l2: { unit: '1', description: 'pseudorapidity of the l+' },
  eta_l_leading: { unit: '1', description: 'pseudorapidity of the lepton with larger p_T' },
  eta_l_trailing: { unit: '1', description: 'pseudorapidity of the lepton with smaller p_T' },
  pt_ll: { unit: 'GeV', description: 'transverse momentum of the lepton pair' },
  m_ll: { unit: 'GeV', description: 'mass of the lepton pair' },
  DeltaPhi_ll: { unit: 'rad', description: 'azimuth between the leptons, 0 to pi' },
  DeltaEta_ll: { unit: '1', description: '|eta_l1| - |eta_l2|, signed: as ML4EFT computes it' },
  abs_deta_ll: { unit: '1', description: '|eta_l1 - eta_l2|' },
  pt_b_leading: { unit: 'GeV', description: 'larger b transverse momentum' },
  pt_b_trailing: { unit: 'GeV', description: 'smaller b transverse momentum' },
  eta_b_leading: { unit: '1', description: 'pseudorapidity of the b with larger p_T' },
  eta_b_trailing: { unit: '1', description: 'pseudorapidity of the b with smaller p_T' },
  pt_bb: { unit: 'GeV', description: 'transverse momentum of the b pair' },
  m_bb: { unit: 'GeV', description: 'mass of the b pair' },
  met: { unit: 'GeV', description: 'missing transverse momentum' },
} satisfies Record<string, ObservableInfo>

export type ObservableName = keyof typeof table
export const observableNames = Object.keys(table) as ObservableName[]
export const observableInfo: Readonly<Record<ObservableName, ObservableInfo>> = table
export const observableCount = observableNames.length

const thesisEleven: ObservableName[] = [
  'pt_l2',
  'pt_l1',
  'pt_ll',
  'pt_bb',
  'eta_l2',
  'eta_l1',
  'abs_deta_ll',
  'm_ll',
  'm_bb',
  'DeltaPhi_ll',
  'met',
]

/**
 * Sets of inputs for networks. "11" are the ones a thesis on this analysis names, "14" adds the leading and trailing lepton
 * and the leading b (it never lists its fourteen: this is the app's completion); "ml4eft-18" are ML4EFT's, with
 * the signed DeltaEta_ll.
 */
export const featureSets = {
  parton: ['m_tt', 'y_tt'],
  '11': thesisEleven,
  '14': [...thesisEleven, 'pt_l_leading', 'pt_l_trailing', 'pt_b_leading'],
  'ml4eft-18': [
    'pt_l1',
    'pt_l2',
    'pt_l_leading',
    'pt_l_trailing',
    'eta_l1',
    'eta_l2',
    'eta_l_leading',
    'eta_l_trailing',
    'pt_ll',
    'm_ll',
    'DeltaPhi_ll',
    'DeltaEta_ll',
    'pt_b_leading',
    'pt_b_trailing',
    'eta_b_leading',
    'eta_b_trailing',
    'pt_bb',
    'm_bb',
  ],
} as const satisfies Record<string, readonly ObservableName[]>

export type FeatureSetName = keyof typeof featureSets

/** @throws AppError 'input/invalid' */
export function parseObservables(names: readonly string[]): ObservableName[] {
  return names.map((name) => {
    const found = observableNames.find((known) => known === name)
    if (!found)
      throw new AppError(
        'input/invalid',
        `There is no observable "${name}". Known: ${observableNames.join(', ')}.`,
      )
    return found
  })
}

/** Positions in the buffer that the two functions below fill. */
export const observableAt = Object.fromEntries(observableNames.map((name, i) => [name, i])) as Record<
  ObservableName,
  number
>

const first = { truth: observableAt.m_tt, reconstructed: observableAt.pt_l1 }

/** Fills the true quantities of `observableNames`. */
export function trueObservables(
  point: Production,
  angles: DecayAngles,
  mTop: number,
  out: Float64Array,
): void {
  let i = first.truth
  out[i++] = point.mtt
  out[i++] = point.y
  out[i++] = point.c
  out[i++] = Math.sqrt(Math.max(0, (0.25 * point.mtt * point.mtt - mTop * mTop) * (1 - point.c * point.c)))
  for (let k = 0; k < 3; k++) out[i++] = angles.plus[k]
  for (let k = 0; k < 3; k++) out[i++] = angles.minus[k]
}

/** asinh(pz / pt); large for a particle along the beam, never infinite. */
function pseudorapidity(pt: number, pz: number): number {
  return Math.asinh(pz / Math.max(pt, 1e-12))
}

/**
 * Fills the reconstructed quantities from momenta [6, 4] (decay.ts) and the missing transverse momentum.
 */
export function reconstructedObservables(
  p: Float64Array,
  missingX: number,
  missingY: number,
  out: Float64Array,
): void {
  const ptPlus = length(p[1], p[2])
  const ptMinus = length(p[13], p[14])
  const etaPlus = pseudorapidity(ptPlus, p[3])
  const etaMinus = pseudorapidity(ptMinus, p[15])
  const ptB = length(p[9], p[10])
  const ptBbar = length(p[21], p[22])
  const etaB = pseudorapidity(ptB, p[11])
  const etaBbar = pseudorapidity(ptBbar, p[23])
  const plusLeads = ptPlus >= ptMinus
  const bLeads = ptB >= ptBbar
  let i = first.reconstructed
  out[i++] = ptMinus
  out[i++] = ptPlus
  out[i++] = plusLeads ? ptPlus : ptMinus
  out[i++] = plusLeads ? ptMinus : ptPlus
  out[i++] = etaMinus
  out[i++] = etaPlus
  out[i++] = plusLeads ? etaPlus : etaMinus
  out[i++] = plusLeads ? etaMinus : etaPlus
  out[i++] = length(p[1] + p[13], p[2] + p[14])
  out[i++] = pairMass(p, 0, 12)
  out[i++] = azimuthBetween(p, 0, 12, ptPlus * ptMinus)
  out[i++] = Math.abs(etaMinus) - Math.abs(etaPlus)
  out[i++] = Math.abs(etaMinus - etaPlus)
  out[i++] = bLeads ? ptB : ptBbar
  out[i++] = bLeads ? ptBbar : ptB
  out[i++] = bLeads ? etaB : etaBbar
  out[i++] = bLeads ? etaBbar : etaB
  out[i++] = length(p[9] + p[21], p[10] + p[22])
  out[i++] = pairMass(p, 8, 20)
  out[i++] = length(missingX, missingY)
}

// Math.hypot is several times slower in V8 and guards against overflow that cannot happen here.
function length(x: number, y: number): number {
  return Math.sqrt(x * x + y * y)
}

function pairMass(p: Float64Array, a: number, b: number): number {
  const e = p[a] + p[b]
  const x = p[a + 1] + p[b + 1]
  const y = p[a + 2] + p[b + 2]
  const z = p[a + 3] + p[b + 3]
  return Math.sqrt(Math.max(0, e * e - x * x - y * y - z * z))
}

function azimuthBetween(p: Float64Array, a: number, b: number, ptProduct: number): number {
  const cosine = (p[a + 1] * p[b + 1] + p[a + 2] * p[b + 2]) / Math.max(ptProduct, 1e-24)
  return Math.acos(Math.min(1, Math.max(-1, cosine)))
}
