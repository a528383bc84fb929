import { AppError } from '../../errors.ts'
import { angularShare, cosAtPt } from './luminosity.ts'
import { massPerUnit, type ObservableName, type SpectrumTemplates } from './spectrum-templates.ts'

/** A factor on dsigma/dm_ll that no dimension-6 operator makes: what a spectrum beyond this EFT may look like. */
export type MassShape = (mllGeV: number) => number

/** 1 + strength exp(-(m - M)^2 / 2 w^2): a bump (dip for strength < 0) of that height relative to the spectrum. */
export function resonance(massGeV: number, widthGeV: number, strength: number): MassShape {
  needPositive('mass', massGeV)
  needPositive('width', widthGeV)
  return (m) => Math.max(0, 1 + strength * Math.exp(-0.5 * ((m - massGeV) / widthGeV) ** 2))
}

/** 1 below M, (m / M)^slope above: a threshold after which the logarithmic slope differs by `slopeChange`. */
export function kink(massGeV: number, slopeChange: number): MassShape {
  needPositive('mass', massGeV)
  return (m) => (m <= massGeV ? 1 : (m / massGeV) ** slopeChange)
}

/** Where a slope changes nothing: at the Z. */
export const slopePivotGeV = 91.1876

/** (m / pivot)^exponent: a continuum of the wrong steepness, as a wrong PDF would give. */
export function slope(exponent: number, pivotGeV = slopePivotGeV): MassShape {
  needPositive('pivot', pivotGeV)
  return (m) => (m / pivotGeV) ** exponent
}

function needPositive(what: string, value: number): void {
  if (value > 0 && Number.isFinite(value)) return
  throw new AppError(
    'physics/out-of-range',
    `The ${what} of an anomalous shape is ${value} GeV, must be positive. Choose a number inside the m_ll range.`,
  )
}

/** Masses per m_ll bin at which a shape is looked at. */
const perBin = 24

/** What a shape does to the bins of one set of templates. */
export interface Shaper {
  /** [bins] factor on every bin, observables one after the other */
  factors(shape: MassShape): Float64Array
  /** A spectrum with the shape on it, pb per bin. */
  deform(spectrum: ArrayLike<number>, shape: MassShape): Float64Array
}

/**
 * What shapes in m_ll do to every bin of both observables.
 *
 * m_ll bins, forward and backward ones too: the mean of the shape over the bin, weighted by the SM density, which is taken as a power law between
 * the bins. p_T bins: the mean of the shape over the masses that feed the bin, each weighted by SM events times the
 * share of its decays in the bin. At leading order p_T = (m/2) sin(theta) with dN/dcos(theta) ~ 1 + cos^2(theta),
 * so that share is known; what is left out is how the |eta| cut bends the angular distribution. Against the exact
 * joint table of m_ll and p_T this is right to a few per cent of the deformation (see the test). A shape that also
 * changes the angular distribution is another anomaly.
 *
 * Where only p_T was binned, there are no masses to weigh: the shape at the Jacobian edge m = 2 p_T stands in.
 */
export function createShaper(templates: Pick<SpectrumTemplates, 'observables' | 'sm'>): Shaper {
  const points = massPoints(templates)
  const means: ((values: Float64Array, shape: MassShape) => number)[] = []
  for (const { name, edges } of templates.observables)
    for (let b = 0; b + 1 < edges.length; b++) {
      const number = means.length
      const weightOf = (point: MassPoint): number =>
        point.weight * shareOf[name](point, { number, low: edges[b], high: edges[b + 1] })
      const middle = massPerUnit[name] * 0.5 * (edges[b] + edges[b + 1])
      means.push(weightedMean(points, weightOf, middle))
    }
  const factors = (shape: MassShape): Float64Array => {
    const values = Float64Array.from(points, ({ mll }) => shape(mll))
    return Float64Array.from(means, (mean) => mean(values, shape))
  }
  return {
    factors,
    deform: (spectrum, shape) => factors(shape).map((factor, b) => factor * spectrum[b]),
  }
}

/** [bins] factors of one shape; for many shapes make a Shaper once. */
export function shapeFactors(
  templates: Pick<SpectrumTemplates, 'observables' | 'sm'>,
  shape: MassShape,
): Float64Array {
  return createShaper(templates).factors(shape)
}

/** A spectrum with the shape on it. @param spectrum [bins] pb per bin */
export function deformSpectrum(
  templates: Pick<SpectrumTemplates, 'observables' | 'sm'>,
  spectrum: ArrayLike<number>,
  shape: MassShape,
): Float64Array {
  return createShaper(templates).deform(spectrum, shape)
}

interface Bin {
  /** of all observables together */
  number: number
  low: number // GeV
  high: number // GeV
}

interface MassPoint {
  mll: number // GeV
  /** of all observables together */
  bin: number
  weight: number // pb
}

/** Midpoints in ln m; within a bin the SM follows the power law through the neighbouring bins. */
function massPoints({ observables, sm }: Pick<SpectrumTemplates, 'observables' | 'sm'>): MassPoint[] {
  const points: MassPoint[] = []
  let start = 0
  for (const { name, edges } of observables) {
    const bins = edges.length - 1
    const logCentre = (b: number) => 0.5 * Math.log(edges[b] * edges[b + 1])
    const logDensity = (b: number) => Math.log(sm[start + b] / (edges[b + 1] - edges[b]))
    for (let b = 0; name !== 'ptl' && b < bins; b++) {
      const low = Math.max(0, b - 1)
      const high = Math.min(bins - 1, b + 1)
      const power = high > low ? (logDensity(high) - logDensity(low)) / (logCentre(high) - logCentre(low)) : 0
      const step = Math.log(edges[b + 1] / edges[b]) / perBin
      const own = Array.from({ length: perBin }, (_, k) => edges[b] * Math.exp((k + 0.5) * step))
      const relative = own.map((m) => m ** (power + 1)) // dm = m dln m
      const total = relative.reduce((sum, value) => sum + value, 0)
      own.forEach((mll, k) =>
        points.push({ mll, bin: start + b, weight: (sm[start + b] * relative[k]) / total }),
      )
    }
    start += bins
  }
  return points
}

const ownBin = ({ bin }: MassPoint, { number }: Bin) => (bin === number ? 1 : 0)

/** Share of a mass point's events in a bin of the observable. */
const shareOf: Record<ObservableName, (point: MassPoint, bin: Bin) => number> = {
  mll: ownBin,
  forward: ownBin,
  backward: ownBin,
  // Of the decays of a pair of mass m, those with a muon p_T between the two.
  ptl: ({ mll }, { low, high }) => angularShare(cosAtPt(mll, low)) - angularShare(cosAtPt(mll, high)),
}

/** Only the points that feed a bin are kept, as a run of weights; none: the shape in the middle of the bin. */
function weightedMean(
  points: readonly MassPoint[],
  weightOf: (point: MassPoint) => number,
  middle: number,
): (values: Float64Array, shape: MassShape) => number {
  const all = points.map(weightOf)
  const first = all.findIndex((weight) => weight > 0)
  if (first < 0) return (_, shape) => shape(middle)
  const last = all.findLastIndex((weight) => weight > 0)
  const weights = Float64Array.from(all.slice(first, last + 1))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return (values) => {
    let sum = 0
    for (let i = 0; i < weights.length; i++) sum += weights[i] * values[first + i]
    return sum / total
  }
}
