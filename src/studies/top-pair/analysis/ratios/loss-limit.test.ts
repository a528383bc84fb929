import { describe, expect, it } from 'vitest'
import '../../../../testing/matchers.ts'
import { ratioLoss } from '../../../../ml/ratio/ratio-loss.ts'
import { ratioPresets, type RatioPresetName } from '../../../../ml/ratio/ratio-presets.ts'
import { splitRows } from '../../../../ml/ratio/train-ratio.ts'
import { partonBayesLosses } from '../bayes-loss.ts'
import { setupProcess } from '../fit/setup-process.ts'
import { lossLimit } from './loss-limit.ts'
import { buildRatioSample } from './build-ratio-sample.ts'
import { ratioTerms } from './ratio-terms.ts'
import { weightedSample } from './training-sample.ts'

const process = setupProcess({ operators: ['td8', 'tq8'], sqrtSGeV: 13_000, mttMinGeV: 1450 })
const config = { loss: 'cross-entropy', seed: 3, validationShare: 0.2 } as const
const events = (() => {
  const run = weightedSample({
    process,
    features: 'parton',
    points: 12_000,
    seed: 5,
    detector: null,
    selection: null,
  })
  for (;;) {
    const step = run.next()
    if (step.done) return step.value
  }
})()

function limits(name: RatioPresetName, terms: string[]) {
  const preset = ratioPresets[name]
  const sample = buildRatioSample(events, { features: ['m_tt', 'y_tt'], terms, preset })
  const of = (plane: typeof process | null) => lossLimit(events, sample, preset.method, config, plane)!
  return { sample, exact: of(process), bound: of(null) }
}

describe('the lowest loss of a sample', () => {
  it.each(['td8', 'tq8^2'])('of a classifier of %s is the Bayes loss by quadrature', (term) => {
    const { exact } = limits('parton', [term])
    const reference = partonBayesLosses(process).find((entry) => entry.term === term)!
    // The scale of the classes is that of the events: the limit moves with their Monte Carlo error.
    expect(exact.loss).toBeCloseToRel(reference.loss, 2e-3)
    expect(exact.of).toBe('features')
  })

  it.each([
    ['parton', ['td8']],
    ['ml4eft-parton', ['tq8']],
    ['joint-parton', ratioTerms(['td8', 'tq8']).map(({ name }) => name)],
    ['positive-parton', ratioTerms(['td8', 'tq8']).map(({ name }) => name)],
  ] as [RatioPresetName, string[]][])(
    'of %s: integral and events agree, the final state knows more',
    (name, terms) => {
      const { exact, bound } = limits(name, terms)
      expect(Math.abs(exact.onValidation - exact.loss)).toBeLessThan(4 * exact.error)
      expect(exact.error).toBeGreaterThan(0)
      expect(bound.loss).toBeLessThan(exact.loss)
      expect(bound.of).toBe('final-state')
    },
  )

  it('is measured as a training measures its loss', () => {
    const { sample, bound } = limits('joint-parton', ['td8', 'tq8'])
    const { table } = sample
    const { validation } = splitRows(config, table.rows)
    const pick = (values: Float32Array, width: number) =>
      [...validation].flatMap((i) => [...values.subarray(i * width, (i + 1) * width)])
    const targets = pick(table.targets, table.outputs)
    const weights = pick(table.weights, 1)
    const logits = targets.map((t) => Math.log(Math.max(1e-12, t) / Math.max(1e-12, 1 - t)))
    const total = weights.reduce((sum, w) => sum + w, 0)
    expect(bound.onValidation).toBeCloseToRel(
      ratioLoss('cross-entropy', logits, targets, weights, total).value,
      1e-6,
    )
  })

  it('is not known for a squared loss', () => {
    const preset = ratioPresets.parton
    const sample = buildRatioSample(events, { features: ['m_tt', 'y_tt'], terms: ['td8'], preset })
    expect(lossLimit(events, sample, preset.method, { ...config, loss: 'squared' }, process)).toBeNull()
  })
})
