import { AppError } from '../errors.ts'
import type { Rng } from '../numerics/rng.ts'
import { observableAt, type ObservableName } from './observables.ts'

/** Resolutions of a detector like CMS; a number of 0 switches one off. */
export interface DetectorSettings {
  /** Relative, Gaussian, on the transverse momentum at fixed direction. */
  leptonPt: number
  /** Stochastic term of the b-jet energy, sigma/E = this / sqrt(E/GeV). */
  bStochastic: number
  /** Constant term, added in quadrature. */
  bConstant: number
  /** Gaussian on each axis of the missing momentum [GeV]. */
  missingGeV: number
  /** Chance that both leptons and both b jets are found; a plain factor on all weights. */
  efficiency: number
}

export const defaultDetector: DetectorSettings = {
  leptonPt: 0.015,
  bStochastic: 0.8,
  bConstant: 0.05,
  missingGeV: 20,
  efficiency: 1,
}

/** Cuts on what is reconstructed; those of the dilepton analysis CMS-TOP-17-014 (arXiv:1811.06625) by default. */
export interface Selection {
  ptLeading: number // GeV
  ptTrailing: number // GeV
  absEtaLepton: number
  ptB: number // GeV
  absEtaB: number
  massLeptons: number // GeV, smallest m_ll
  /** Window in m_ll [GeV] that is left out, or null. */
  zVeto: readonly [number, number] | null
}

export const dileptonSelection: Selection = {
  ptLeading: 25,
  ptTrailing: 20,
  absEtaLepton: 2.4,
  ptB: 30,
  absEtaB: 2.4,
  massLeptons: 20,
  zVeto: [76, 106],
}

/** ML4EFT's generation cut: m_ll only. */
export const ml4eftSelection: Selection = {
  ptLeading: 0,
  ptTrailing: 0,
  absEtaLepton: Infinity,
  ptB: 0,
  absEtaB: Infinity,
  massLeptons: 20,
  zVeto: [76, 106],
}

/** @throws AppError 'physics/out-of-range' */
export function checkDetector(settings: DetectorSettings): void {
  for (const [name, value] of Object.entries(settings))
    if (!(value >= 0 && value < Infinity))
      throw new AppError('physics/out-of-range', `Detector: ${name} is ${value}, must be 0 or more.`)
  if (settings.efficiency > 1)
    throw new AppError(
      'physics/out-of-range',
      `Detector: the efficiency is ${settings.efficiency}, a probability is at most 1.`,
    )
}

// A Gaussian can reach zero energy; nothing measured is that small.
const smallestResponse = 0.05

function scale(p: Float64Array, start: number, factor: number): void {
  const response = Math.max(smallestResponse, factor)
  for (let k = 0; k < 4; k++) p[start + k] *= response
}

/** Smears momenta [6, 4] in place; the same number of random numbers per event whatever is switched off. */
export function smear(p: Float64Array, settings: DetectorSettings, rng: Rng, missing: Float64Array): void {
  scale(p, 0, 1 + settings.leptonPt * rng.normal())
  scale(p, 12, 1 + settings.leptonPt * rng.normal())
  for (let b = 8; b <= 20; b += 12) {
    const relative2 = settings.bStochastic ** 2 / Math.max(p[b], 1e-3) + settings.bConstant ** 2
    scale(p, b, 1 + Math.sqrt(relative2) * rng.normal())
  }
  missing[0] += settings.missingGeV * rng.normal()
  missing[1] += settings.missingGeV * rng.normal()
}

/** What `passes` looks at. */
export const selectionColumns: readonly ObservableName[] = [
  'pt_l_leading',
  'pt_l_trailing',
  'eta_l1',
  'eta_l2',
  'pt_b_trailing',
  'eta_b_leading',
  'eta_b_trailing',
  'm_ll',
]

/** Whether the observables of an event pass. */
export function passes(o: Float64Array, cuts: Selection): boolean {
  const mll = o[observableAt.m_ll]
  return (
    o[observableAt.pt_l_leading] > cuts.ptLeading &&
    o[observableAt.pt_l_trailing] > cuts.ptTrailing &&
    Math.abs(o[observableAt.eta_l1]) < cuts.absEtaLepton &&
    Math.abs(o[observableAt.eta_l2]) < cuts.absEtaLepton &&
    o[observableAt.pt_b_trailing] > cuts.ptB &&
    Math.abs(o[observableAt.eta_b_leading]) < cuts.absEtaB &&
    Math.abs(o[observableAt.eta_b_trailing]) < cuts.absEtaB &&
    mll > cuts.massLeptons &&
    !(cuts.zVeto && mll > cuts.zVeto[0] && mll < cuts.zVeto[1])
  )
}
