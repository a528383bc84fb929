import { createDensities, densityWidth } from '../../../../generator/hard-process/densities.ts'
import type { PartonEvents } from '../../../../generator/parton-events/parton-events.ts'
import { createProcess } from '../../../../physics/amplitudes/create-process.ts'
import type { AmplitudeParameters } from '../../../../physics/amplitudes/parameters.ts'
import type { PdfSet } from '../../../../physics/pdf/pdf-set.ts'
import { partonIndex, type PartonId } from '../../../../physics/pdf/pdf-set.ts'

/** Two ways in which one final state may have come about. */
export const hypothesisPairs = {
  'tt-beams': {
    title: 'gluons against quarks to a top pair',
    ...{ process: 'p p > t t~', finals: ['t t~'], differ: 'beams' },
  },
  'ttphi-parity': {
    title: 'scalar against pseudoscalar beside a top pair',
    ...{ process: 'p p > t t~ phi', finals: ['t t~ phi', 't t~ A0'], differ: 'particles' },
  },
  'tttt-beams': {
    title: 'gluons against quarks to four top quarks',
    ...{ process: 'p p > t t~ t t~', finals: ['t t~ t t~'], differ: 'beams' },
  },
  'tttt-operator': {
    title: 'four top quarks of the Standard Model against those with the operator (t̄_R γ t_R)²',
    ...{ process: 'p p > t t~ t t~', finals: ['t t~ t t~'], differ: 'operator' },
  },
} as const
export type HypothesisPair = keyof typeof hypothesisPairs

/** What an event counts under each hypothesis; both are of the density that it was drawn from. */
export interface TwoWeights {
  first: Float64Array // [events]
  second: Float64Array // [events]
}

export interface HypothesisSettings {
  pdf: PdfSet
  sqrtS: number
  parameters: AmplitudeParameters
  /** Of the second hypothesis of an operator, c / Λ² [TeV⁻²]. */
  ctt1?: number
  kernel?: WebAssembly.Module
}

const gev2PerTeV2 = 1e-6
const quarks: readonly PartonId[] = [1, 2, 3, 4, 5]

/**
 * Exact weights of parton-level events, of which final momenta alone are known: |M|² times densities, summed over what the beams
 * may have been. Light quarks are massless and alike but for their densities.
 */
export function exactWeights(
  pair: HypothesisPair,
  events: PartonEvents,
  { pdf, sqrtS, parameters, ctt1 = 0, kernel }: HypothesisSettings,
): TwoWeights {
  const { finals, differ } = hypothesisPairs[pair]
  const coefficients = differ === 'operator' ? [0, ctt1 * gev2PerTeV2, -ctt1 * gev2PerTeV2] : [0]
  const processes = finals.flatMap((final) =>
    coefficients.map((own) => {
      const made = (beams: string) =>
        createProcess(`${beams} > ${final}`, { ...parameters, ctt1: own }, { kernel })
      return { gluons: made('g g'), quarks: made('u u~') }
    }),
  )
  /**
   * |M|² is a square in c. One power of c stands in the place of g_s², which runs from event to event and was fixed for the
   * values at c = 0, c and −c.
   */
  const withOperator = (standard: number, [plus, minus]: readonly number[], event: number): number => {
    const c = parameters.gs ** 2 / (4 * Math.PI * events.alphaS[event])
    return standard + (c * (plus - minus)) / 2 + c * c * ((plus + minus) / 2 - standard)
  }
  const densities = createDensities(pdf, kernel)
  const out = { first: new Float64Array(events.events), second: new Float64Array(events.events) }
  for (let i = 0; i < events.events; i++) {
    const momenta = events.momenta.slice(4 * events.first[i], 4 * events.first[i + 1])
    const exchanged = momenta.slice()
    exchanged.set(momenta.subarray(4, 8), 0)
    exchanged.set(momenta.subarray(0, 4), 4)
    densities.evaluate((2 * momenta[0]) / sqrtS, (2 * momenta[4]) / sqrtS, events.scale[i] ** 2)
    const f = (beam: 0 | 1, id: PartonId): number => densities.pair[beam * densityWidth + partonIndex(id)]
    const fromGluons = f(0, 21) * f(1, 21)
    let [straight, turned] = [0, 0]
    for (const id of quarks) {
      straight += f(0, id) * f(1, -id as PartonId)
      turned += f(0, -id as PartonId) * f(1, id)
    }
    const gluons = (k: number): number => fromGluons * processes[k].gluons.squaredMatrixElement(momenta)
    const fromQuarks = (k: number): number =>
      straight * processes[k].quarks.squaredMatrixElement(momenta) +
      turned * processes[k].quarks.squaredMatrixElement(exchanged)
    if (differ === 'beams') {
      const [g, q] = [gluons(0), fromQuarks(0)]
      out.first[i] = g / (g + q)
      out.second[i] = q / (g + q)
      continue
    }
    const [standard, ...others] = processes.map((_, k) => gluons(k) + fromQuarks(k))
    out.first[i] = 1
    out.second[i] =
      differ === 'particles' ? others[0] / standard : withOperator(standard, others, i) / standard
  }
  return out
}
