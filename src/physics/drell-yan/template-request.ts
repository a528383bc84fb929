import { AppError } from '../../errors.ts'
import type { ElectroweakInputs, InputScheme } from '../electroweak.ts'
import type { PdfSet } from '../pdf/pdf-set.ts'
import type { EffectiveCouplings, ZWidth } from './amplitude.ts'
import type { FiducialCuts } from './luminosity.ts'
import type { QcdOrder } from './qcd-order.ts'
import { observableNames, type ObservableBins } from './spectrum-templates.ts'

export interface TemplateRequest {
  observables: ObservableBins[]
  pdf: PdfSet
  /** GeV */
  sqrtS: number
  scheme: InputScheme
  /** Factorisation scale: the pair's mass, or a fixed value [GeV]. */
  muF: 'mll' | number
  /** Order of QCD (default leading); next-to-leading is known for m_ll in full phase space alone. */
  order?: QcdOrder
  /** mu_F and mu_R in units of `muF` (default 1); leading order has no mu_R. */
  scaleFactors?: { muF: number; muR: number }
  /** null: full phase space */
  cuts: FiducialCuts | null
  /** Gamma_Z follows the coefficients instead of staying fixed. */
  widthShift: boolean
  /** Width in the Z's propagator (default fixed, as MadGraph has it); data want the running one. */
  width?: ZWidth
  /** Couplings of the SM at the Z where tree level is not enough: for measured asymmetries. */
  effective?: EffectiveCouplings
  /**
   * The leptons radiate photons: L of `radiatedBelow`. Moves pairs from high to low m_ll; in full phase space alone,
   * where the leptons' directions do not matter.
   */
  radiation?: { logarithm: number }
  /** Range of m_ll [GeV] behind the p_T bins where no m_ll bins are asked for; see `massRange`. */
  mllRange?: [number, number]
  inputs?: ElectroweakInputs
  /** Also integrate the SM at mu_F / 2 and 2 mu_F (default true; triples the PDF calls). */
  scaleVariations?: boolean
  /** Gauss nodes per segment in m and over y; the defaults are good to 1e-6 (see templates.test.ts). */
  nodes?: { perSegment: number; rapidity: number }
}

function checkRapidities({ name, absY }: ObservableBins): void {
  if (!absY) return
  const [low, high] = absY
  if (name !== 'forward' && name !== 'backward')
    throw new AppError('input/invalid', `|y| bins are known for forward and backward, not for ${name}.`)
  if (!(low >= 0 && high > low))
    throw new AppError('input/invalid', `A bin of |y| must rise from 0 or more, got ${low} to ${high}.`, {
      absY,
    })
}

/** Lowest m_ll [GeV] behind a p_T spectrum that does not itself set one. */
const lowestMll = 10

function checkEdges(observable: ObservableBins, sqrtS: number): void {
  const { name, edges } = observable
  const rising = edges.every((edge, i) => Number.isFinite(edge) && (i === 0 || edge > edges[i - 1]))
  if (edges.length < 2 || !rising || edges[0] < 0)
    throw new AppError(
      'input/invalid',
      `Bin edges of ${name} must be at least 2 rising finite numbers >= 0, got [${edges.join(', ')}].`,
      { name, edges },
    )
  if (name !== 'ptl' && (edges[0] <= 0 || edges[edges.length - 1] > sqrtS))
    throw new AppError(
      'physics/out-of-range',
      `m_ll bins run from ${edges[0]} to ${edges[edges.length - 1]} GeV, must lie within 0 < m <= sqrt(s) = ${sqrtS} GeV.`,
      { edges, sqrtS },
    )
}

/**
 * m_ll range of the whole calculation: first to last m_ll edge where m_ll is binned (then the p_T bins count the same
 * events); else `mllRange`; else from the kinematic threshold 2 p_T of the first p_T edge or cut, but at least
 * `lowestMll`, up to sqrt(s).
 */
export function massRange(request: TemplateRequest): [number, number] {
  const masses = request.observables.filter((o) => o.name !== 'ptl').map(({ edges }) => edges)
  if (masses.length > 0)
    return [
      Math.min(...masses.map((edges) => edges[0])),
      Math.max(...masses.map((edges) => edges.at(-1) ?? 0)),
    ]
  if (request.mllRange) return request.mllRange
  const ptl = request.observables.find((o) => o.name === 'ptl')
  const threshold = 2 * Math.max(ptl?.edges[0] ?? 0, request.cuts?.ptMin ?? 0)
  return [Math.max(lowestMll, threshold), request.sqrtS]
}

/** The m_ll range, after checking everything a caller may get wrong. */
export function validateRequest(request: TemplateRequest): [number, number] {
  const { sqrtS, cuts, muF, observables } = request
  const names = observables.map((o) => o.name)
  const signed = names.filter((name) => name === 'forward' || name === 'backward')
  if (signed.length > 0 && signed.length < names.length)
    throw new AppError(
      'input/invalid',
      `Forward and backward count the events of m_ll and p_T again: ask for them alone, not beside ${names.filter((name) => name === 'mll' || name === 'ptl').join(', ')}.`,
    )
  // Forward and backward of other masses or |y| are other events.
  const keys = observables.map(({ name, edges, absY }) =>
    signed.length > 0 ? `${name} ${edges.join(' ')}, ${absY?.join(' ') ?? ''}` : name,
  )
  if (!names.length || new Set(keys).size !== keys.length)
    throw new AppError(
      'input/invalid',
      `Ask for some of ${observableNames.join(', ')}, each once; got [${names.join(', ')}].`,
    )
  if (!(sqrtS > 0 && Number.isFinite(sqrtS)))
    throw new AppError('physics/out-of-range', `sqrt(s) must be a positive number of GeV, got ${sqrtS}.`)
  if (muF !== 'mll' && !(muF > 0 && Number.isFinite(muF)))
    throw new AppError('physics/out-of-range', `mu_F must be 'mll' or a positive number of GeV, got ${muF}.`)
  if (cuts && !(cuts.ptMin >= 0 && cuts.absEtaMax > 0))
    throw new AppError(
      'physics/out-of-range',
      `Fiducial cuts need p_T >= 0 and |eta| > 0, got ${cuts.ptMin} GeV and ${cuts.absEtaMax}.`,
    )
  const inclusive = !cuts && names.every((name) => name === 'mll')
  const asked = `${names.join(', ')}${cuts ? ` with p_T > ${cuts.ptMin} GeV and |eta| < ${cuts.absEtaMax}` : ''}`
  if (request.radiation && !inclusive)
    throw new AppError(
      'input/invalid',
      `Photon radiation is known for m_ll in full phase space, not for ${asked}. Leave out cuts and other observables, or the radiation.`,
    )
  if (request.order === 'nlo' && !inclusive)
    throw new AppError(
      'input/invalid',
      `Next-to-leading order is known for m_ll in full phase space; ${asked} stays at leading order, as the recoil against a jet moves the leptons. Leave out cuts and other observables, or take leading order.`,
    )
  const { muF: factorF, muR: factorR } = request.scaleFactors ?? { muF: 1, muR: 1 }
  if (!(factorF > 0 && factorR > 0 && factorF < Infinity && factorR < Infinity))
    throw new AppError(
      'physics/out-of-range',
      `mu_F and mu_R must be positive multiples of the scale, got ${factorF} and ${factorR}.`,
    )
  for (const observable of observables) {
    checkEdges(observable, sqrtS)
    checkRapidities(observable)
  }
  const [mMin, mMax] = massRange(request)
  if (!(mMin > 0 && mMax > mMin && mMax <= sqrtS))
    throw new AppError(
      'physics/out-of-range',
      `The m_ll range ${mMin} to ${mMax} GeV must be rising and end at or below sqrt(s) = ${sqrtS} GeV.`,
    )
  return [mMin, mMax]
}
