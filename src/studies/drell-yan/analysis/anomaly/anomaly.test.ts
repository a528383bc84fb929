import { describe, expect, it } from 'vitest'
import { runMlp } from '../../../../ml/mlp.ts'
import { smallBins as bins, smallCorpus, smallModel } from '../../../../testing/small-universes.ts'
import '../../../../testing/matchers.ts'
import { unitNoise } from '../replicas.ts'
import { morphSpectrum } from '../../../../physics/drell-yan/spectrum-templates.ts'
import { whitenSpectra } from '../whitening.ts'
import { evaluateAnomalies } from './evaluate.ts'
import { knownUniverses, positiveUniverses } from './known-universes.ts'
import { createScorer } from './scorer.ts'
import { shapeExcess, strengthAt, whitenedExcess, type ShapeChoice } from './shapes.ts'
import { exactScores, scoreSpectrum, type ScoreContext } from './spectrum-scores.ts'
import { anomalyClasses } from './test-classes.ts'
import { residualOf, theoryOf } from './theory.ts'

const { header, encoder } = await smallCorpus({ setup: { universes: 60 } })
const model = smallModel()

function finished<T>(steps: Generator<number, T>, seen: number[] = []): T {
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value
    seen.push(step.value)
  }
}

const known = finished(
  knownUniverses(
    header.universeModel,
    encoder.mlp,
    header.whitenedMeans,
    positiveUniverses(header.table.flags, 'linear'),
    'linear',
    { seed: 3, replicas: 2, calibration: 400 },
  ),
)
const context: ScoreContext = {
  theory: theoryOf(header.universeModel, 'linear'),
  known,
  scorer: createScorer(bins, known),
  coefficients: header.table.coefficients,
}
const bump: ShapeChoice = { kind: 'resonance', massGeV: 150, widthGeV: 30, strength: 1 }

describe('residual of a theory', () => {
  it('linear: nothing is left of a universe, all of a bump that leaves the span', () => {
    const theory = theoryOf(model, 'linear')
    const universe = whitenSpectra(
      model.whitening,
      morphSpectrum(model.templates, model.prior.halfWidth, 'linear'),
      1,
    )
    expect(residualOf(theory, universe).chi2).toBeLessThan(1e-6) // whitened spectra are float32
    expect(residualOf(theory, whitenedExcess(model, bump)).chi2).toBeGreaterThan(1)
    expect(residualOf(theory, universe)).toMatchObject({
      closedForm: true,
      degreesOfFreedom: bins - theory.span.rank,
    })
  })

  it('quadratic: a universe with squares is found again, though no linear one fits it', () => {
    const coefficients = model.prior.halfWidth.map((h, o) => (o % 3 ? 2 : -3) * h)
    const universe = whitenSpectra(
      model.whitening,
      morphSpectrum(model.templates, coefficients, 'quadratic'),
      1,
    )
    const fit = residualOf(
      theoryOf(model, 'quadratic'),
      universe,
      coefficients.map((c) => 0.7 * c),
    )
    expect(fit.chi2).toBeLessThan(0.02)
    expect(fit.closedForm).toBe(false)
    expect(residualOf(theoryOf(model, 'linear'), universe).chi2).toBeGreaterThan(10 * fit.chi2)
  })

  it('what a free K factor absorbed is not counted', () => {
    const theory = theoryOf(model, 'linear')
    expect(residualOf(theory, new Float64Array(bins), null, 1).degreesOfFreedom).toBe(
      bins - theory.span.rank - 1,
    )
  })
})

describe('shapes', () => {
  it('move the SM by the distance asked for', () => {
    for (const shape of [
      bump,
      { kind: 'kink', massGeV: 100, strength: 0 },
      { kind: 'slope', strength: 0 },
    ] as const) {
      const strength = strengthAt(model, shape, 4)
      expect(Math.hypot(...whitenedExcess(model, { ...shape, strength }))).toBeCloseToRel(4, 1e-6)
    }
  })

  it('of no strength add nothing', () => {
    expect(Math.max(...shapeExcess(model, { ...bump, strength: 0 }).map(Math.abs))).toBe(0)
  })
})

describe('scores of one spectrum', () => {
  const score = (x: Float32Array, noisy: boolean) =>
    scoreSpectrum(context, x, runMlp(encoder.mlp, x, 1), { noisy })

  it.each(['linear', 'quadratic'] as const)('closed forms and fits need no known spectra: %s', (order) => {
    const { table, whitenedMeans } = header
    const theory = theoryOf(header.universeModel, order)
    const all = { universes: Int32Array.from(table.flags, (_, u) => u), whitened: whitenedMeans }
    const x = whitenedMeans.slice(7 * bins, 8 * bins).map((value, b) => value + unitNoise(bins, 4, 7, 0)[b])
    const { empirical, fold, ...rest } = scoreSpectrum(
      { ...context, theory },
      ...([x, runMlp(encoder.mlp, x, 1), { noisy: true }] as const),
    )
    expect(exactScores({ ...context, theory }, all, x, { noisy: true })).toEqual(rest)
    expect([empirical, fold]).not.toContain(undefined)
  })

  it('a universe without noise scores as its average replica does', () => {
    const u = known.universes[5]
    const x = header.whitenedMeans.slice(u * bins, (u + 1) * bins)
    const scores = score(x, false)
    expect(scores.residual.chi2).toBeCloseToRel(scores.residual.degreesOfFreedom, 1e-4)
    expect(scores.power[0].anyUniverse).toBeCloseToRel(0.01, 1e-3)
    expect(scores.fold).toMatchObject({ universe: u, nearestUniverse: u, fisherDistance: 0, folded: false })
    const draws = 300
    let sum = 0
    for (let r = 0; r < draws; r++) {
      const g = unitNoise(bins, 8, 0, r)
      sum +=
        score(
          x.map((value, b) => value + g[b]),
          true,
        ).chi2ToSm.chi2 / draws
    }
    // spread of a noncentral chi2: 2 (n + 2 lambda)
    const { chi2 } = scores.chi2ToSm
    expect(Math.abs(sum - chi2) / Math.sqrt((2 * (bins + 2 * (chi2 - bins))) / draws)).toBeLessThan(4)
  })

  it('a shape across the encoder and the templates is hidden on the map, and the fold says so', () => {
    // What is left of a bump outside the templates cannot move a linear map fitted to universes.
    const { residual } = residualOf(context.theory, whitenedExcess(header.universeModel, bump))
    const length = Math.hypot(...residual)
    const x = Float32Array.from(residual, (value) => (12 * value) / length)
    const scores = score(x, false)
    expect(scores.residual.pValue).toBeLessThan(1e-6)
    expect(scores.chi2ToSm.chi2).toBeCloseToRel(144 + bins, 1e-4)
    expect(scores.empirical['kth-neighbour'].pValue).toBeGreaterThan(0.05)
    expect(scores.fold.folded).toBe(true)
    expect(scores.fold.noiseFree).toBeGreaterThan(11)
  })

  it('p-values of known spectra are uniform within the calibration sample', () => {
    const u = known.universes[7]
    const pValues = Array.from({ length: 200 }, (_, r) => {
      const v = known.universes[r % known.universes.length]
      const g = unitNoise(bins, 77, u, r)
      const x = Float32Array.from({ length: bins }, (_, b) => header.whitenedMeans[v * bins + b] + g[b])
      return score(x, true).residual.pValue
    }).sort((a, b) => a - b)
    const distance = Math.max(...pValues.map((p, i) => Math.abs(p - (i + 0.5) / pValues.length)))
    expect(distance * Math.sqrt(pValues.length)).toBeLessThan(1.95)
  })
})

describe('evaluation', () => {
  const options = { seed: 4, order: 'linear', gallery: 60, background: 800, anomalies: 300 } as const

  it('measures the residual as its closed form has it, and shows the limits beside', () => {
    const seen: number[] = []
    const ids = ['outside-3', 'unseen-four-fermion', 'resonance-400-6']
    const { classes, scores } = finished(
      evaluateAnomalies(model, { id: 'learned', mlp: encoder.mlp }, { ...options, classes: ids }),
      seen,
    )
    expect(classes.map(({ id }) => id)).toEqual(ids)
    expect(scores.map(({ id }) => id)).toContain('learned kth-neighbour')
    expect(seen.every((value, i) => i === 0 || value >= seen[i - 1])).toBe(true)
    expect(seen.at(-1)).toBeCloseTo(1, 12)
    for (const result of classes) {
      const [{ rate, falseAlarms }] = result.scores.residual.truePositives
      const expected = result.power[0].residual
      // The threshold rests on few background spectra: the rate it lets through is known to 1 / sqrt(n alpha).
      const error = Math.hypot(rate.error, (expected * 1.5) / Math.sqrt(falseAlarms * options.background))
      expect(Math.abs(rate.value - expected) / error).toBeLessThan(4)
      expect(result.population.auroc.value).toBeGreaterThan(result.scores.residual.auroc.value - 0.1)
    }
    const [outside, , resonance] = classes
    expect(outside.outside).toBeLessThan(1e-3)
    expect(outside.power[0].matchedFilter).toBeNull()
    expect(resonance.inside ** 2 + resonance.outside ** 2).toBeCloseToRel(36, 1e-4)
    expect(resonance.power[0].matchedFilter).toBeGreaterThan(resonance.power[0].residual)
  })

  it('gives the same numbers for the same seed, and takes scores from outside', () => {
    const run = () =>
      finished(
        evaluateAnomalies(
          model,
          null,
          { ...options, anomalies: 60, background: 100, classes: ['outside-2'] },
          [
            {
              id: 'first bin',
              label: 'first bin',
              score: (x, rows) => Float64Array.from({ length: rows }, (_, r) => x[r * bins]),
            },
          ],
        ),
      )
    const once = run()
    expect(run()).toEqual(once)
    expect(once.scores.at(-1)?.id).toBe('first bin')
    expect(once.classes[0].scores['first bin'].auroc.value).toBeGreaterThan(0)
  })

  it('a class has the same spectra whatever others are asked for; one that is not there is refused', () => {
    const score = (classes: string[]) =>
      finished(evaluateAnomalies(model, null, { ...options, anomalies: 60, background: 100, classes }))
        .classes
    expect(score(['outside-3'])).toEqual(score(['outside-2', 'outside-3']).slice(1))
    expect(() => score(['outside-9'])).toThrow(
      /no class of anomalies "outside-9"; known: outside-2, outside-3/,
    )
  })

  it('has shapes of rising strength', () => {
    const strengths = anomalyClasses(model).flatMap((c) =>
      c.id.startsWith('slope') && c.kind === 'shape' ? [c.shape.strength] : [],
    )
    expect(strengths).toHaveLength(3)
    expect([...strengths].sort((a, b) => a - b)).toEqual(strengths)
  })
})
