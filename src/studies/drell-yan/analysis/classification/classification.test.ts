import { beforeAll, describe, expect, it } from 'vitest'
import { createRng } from '../../../../numerics/rng.ts'
import { smallCorpus } from '../../../../testing/small-universes.ts'
import { unitNoise } from '../replicas.ts'
import { linearEncoder } from '../linear-encoder.ts'
import { classBatches } from './class-batches.ts'
import { defaultClassifier, defaultEvaluation, latentInput } from './class-setup.ts'
import type { ClassifierNetworks } from './classifier.ts'
import { createSpectrumClassifier } from './classify.ts'
import { evaluateClassifier, type ClassReport } from './evaluate.ts'
import { gallery, galleryUniverses } from './gallery.ts'
import { createOutsideSource, outsideKinds } from './outside-universes.ts'
import { classReplicas, bayesPredictions, replicaStreams } from './replicas-of-classes.ts'
import { trainMember, type TrainMemberRequest } from './train-member.ts'

const { header } = await smallCorpus()
const { universeModel: model } = header
const bins = model.templates.bins
const known = gallery(header, galleryUniverses(header, 6))
const classes = known.universes.length

describe('the gallery', () => {
  it('begins with the SM, leaves out negative spectra, and has the means of its universes', () => {
    expect(known.universes[0]).toBe(0)
    expect([...known.universes].every((u) => header.table.flags[u] === 0)).toBe(true)
    const k = classes - 1
    const u = known.universes[k]
    expect(known.means.slice(k * bins)).toEqual(header.whitenedMeans.slice(u * bins, (u + 1) * bins))
  })
  it('refuses a universe that is not there, one class, and one class twice', () => {
    expect(() => gallery(header, [0, 12])).toThrow(/no universe 12; the dataset has 12/)
    expect(() => gallery(header, [3])).toThrow(/at least 2 different/)
    expect(() => gallery(header, [3, 3])).toThrow(/at least 2 different/)
  })
})

describe('spectra outside the gallery', () => {
  const source = createOutsideSource(model, 'linear')

  it.each(outsideKinds)('%s: finite, away from the SM, the same for the same stream', (kind) => {
    const rng = createRng(3)
    for (let i = 0; i < 20; i++) {
      const x = source.draw(kind, rng)
      expect(x.every(Number.isFinite)).toBe(true)
      expect(Math.hypot(...x)).toBeGreaterThan(0.5)
    }
    expect(source.draw(kind, createRng(4))).toEqual(source.draw(kind, createRng(4)))
  })
})

describe('batches', () => {
  it('hold replicas of the classes, and for a prior network as many spectra outside', () => {
    const outsideMeans = new Float32Array(3 * bins).fill(50)
    const settings = { seed: 2, batch: 400, method: 'dpn' as const }
    const { x, labels } = classBatches(known, outsideMeans, settings).next(0)
    expect(labels).toHaveLength(800)
    expect(labels.filter((label) => label < 0)).toHaveLength(400)
    let square = 0
    labels.forEach((label, r) => {
      for (let b = 0; b < bins; b++) {
        const centre = label < 0 ? 50 : known.means[label * bins + b]
        square += (x[r * bins + b] - centre) ** 2
      }
    })
    // Unit noise: a chi-squared of 800 x bins.
    const n = 800 * bins
    expect(Math.abs(square - n)).toBeLessThan(4 * Math.sqrt(2 * n))
    expect(classBatches(known, outsideMeans, { ...settings, method: 'softmax' }).next(0).labels).toHaveLength(
      400,
    )
  })
  it('are a function of seed and step', () => {
    const of = (seed: number, step: number) =>
      classBatches(known, new Float32Array(0), { seed, batch: 8, method: 'softmax' }).next(step).x
    expect(of(1, 5)).toEqual(of(1, 5))
    expect(of(1, 5)).not.toEqual(of(1, 6))
    expect(of(1, 5)).not.toEqual(of(2, 5))
  })
})

async function train(request: Partial<TrainMemberRequest>, method: 'dpn' | 'softmax', steps = 800) {
  const config = { ...defaultClassifier(method, classes), widths: [48, 24], steps, batch: 64 }
  const latent = request.latent ?? null
  const run = trainMember({ model, order: 'linear', gallery: known, latent, config, member: 0, ...request })
  for (;;) {
    const next = await run.next()
    if (next.done)
      return {
        config,
        universes: known.universes,
        latent,
        members: [next.value],
      } satisfies ClassifierNetworks
  }
}

function evaluate(networks: ClassifierNetworks) {
  const options = { ...defaultEvaluation, order: 'linear' as const, testReplicas: 200, noneSpectra: 100 }
  const run = evaluateClassifier(model, known, { ...networks }, options)
  for (;;) {
    const next = run.next()
    if (next.done) return next.value
  }
}

describe('a trained classifier', () => {
  let networks: ClassifierNetworks
  let scored: ReturnType<typeof evaluate>
  let report: ClassReport
  beforeAll(async () => {
    networks = await train({}, 'dpn')
    scored = evaluate(networks)
    report = scored.report
  })

  it('comes near the Bayes posterior, which nothing beats', () => {
    const [learned, scaled, bayes] = report.scores
    expect([learned.name, scaled.name, bayes.name]).toEqual(['learned', 'temperature-scaled', 'Bayes'])
    expect(bayes.kl.value).toBe(0)
    expect(scaled.kl.value).toBeGreaterThan(0)
    expect(scaled.kl.value).toBeLessThan(0.15)
    expect(learned.accuracy.value).toBeLessThan(bayes.accuracy.value + 3 * bayes.accuracy.error)
    expect(learned.accuracy.value).toBeGreaterThan(bayes.accuracy.value - 0.1)
    expect(scaled.nll.value).toBeLessThan(learned.nll.value + 0.01)
    expect(bayes.reliability.ece).toBeLessThan(2 * bayes.reliability.floor)
  })

  it('has sets that cover', () => {
    const error = Math.sqrt(0.05 * 0.95 * (1 / 120 + 1 / 1200))
    for (const { sets } of report.scores)
      for (const { coverage } of [sets.lac, sets.aps]) expect(coverage).toBeGreaterThan(0.95 - 4 * error)
  })

  it('tells shapes from classes better than by guessing', () => {
    const resonance = report.none.find(({ kind }) => kind === 'resonance')
    expect(resonance?.learned.auroc.value).toBeGreaterThan(0.7)
    expect(resonance?.chi2.auroc.value).toBeGreaterThan(0.7)
  })

  it('answers one spectrum as it answers many', () => {
    const replicas = classReplicas(known, 1, 5, replicaStreams.test)
    const bayes = bayesPredictions(known, replicas).predictions
    const ask = createSpectrumClassifier({ ...networks, calibration: scored.calibration }, known)
    const row = 3
    const answer = ask(replicas.x.slice(row * bins, (row + 1) * bins), 'a', { noisy: true })
    expect(answer.classes).toHaveLength(classes)
    for (const pick of ['learned', 'scaled', 'bayes'] as const)
      expect(answer.classes.reduce((sum, chance) => sum + chance[pick], 0)).toBeCloseTo(1, 9)
    for (const { universe, bayes: p } of answer.classes)
      expect(p).toBe(bayes.probabilities[row * classes + known.universes.indexOf(universe)])
    expect(answer.sets.lac).toEqual(
      answer.classes.slice(0, answer.sets.lac.length).map(({ universe }) => universe),
    )
  })

  it('counts the classes that chi2 leaves, and bounds how often it notices a spectrum without noise', () => {
    const ask = createSpectrumClassifier({ ...networks, calibration: scored.calibration }, known)
    const { falseAlarms } = scored.calibration.none
    // Between two classes, beyond what one of them explains.
    const [a, b] = [known.means.subarray(0, bins), known.means.subarray(bins, 2 * bins)]
    const x = a.map((value, i) => value + 0.15 * (b[i] - value))
    const answer = ask(x, 'between', { noisy: false })
    const d2 = x.reduce((sum, value, i) => sum + (value - a[i]) ** 2, 0)
    expect(answer.nearest).toMatchObject({ universe: known.universes[0], degreesOfFreedom: bins })
    expect(answer.nearest.chi2).toBeCloseTo(d2 + bins, 5)
    expect(ask(known.means.slice(0, bins), 'class', { noisy: false }).nearest.power).toBeCloseTo(
      falseAlarms,
      6,
    )
    // The other road: measurements of it, each tested against all classes.
    const draws = 4000
    let noticed = 0
    let left = 0
    for (let r = 0; r < draws; r++) {
      const noise = unitNoise(bins, 8, 0, r)
      const measured = ask(
        x.map((value, i) => value + noise[i]),
        'm',
        { noisy: true },
      )
      expect(measured.nearest.power).toBeNull()
      if (measured.nearest.decided) noticed++
      left += measured.compatible / draws
      expect(measured.compatible === 0).toBe(measured.nearest.decided)
    }
    const rate = noticed / draws
    const error = Math.sqrt((rate * (1 - rate)) / draws)
    const { power } = answer.nearest
    expect(rate).toBeLessThan((power ?? 0) + 4 * error)
    expect(rate).toBeGreaterThan((power ?? 1) - 0.02 - 4 * error)
    expect(left).toBeGreaterThan(0)
  })

  it('calls what lies far from every class none of these', () => {
    const ask = createSpectrumClassifier({ ...networks, calibration: scored.calibration }, known)
    const far = new Float32Array(bins).map((_, b) => (b % 2 ? 12 : -12))
    expect(ask(far, 'far', { noisy: true }).nearest).toMatchObject({ decided: true })
    const none = (x: Float32Array) => ask(x, 'own', { noisy: true }).none.decided
    const own = classReplicas(known, 40, 6, replicaStreams.test)
    const alarms = Array.from(own.labels, (_, r) => none(own.x.slice(r * bins, (r + 1) * bins)))
    // 1 % are expected of 240
    expect(alarms.filter(Boolean).length).toBeLessThan(12)
  })
})

describe('networks', () => {
  it('of one seed are equal, of another member they are not', async () => {
    const one = await train({}, 'softmax', 20)
    expect(await train({}, 'softmax', 20)).toEqual(one)
    expect((await train({ member: 1 }, 'softmax', 20)).members).not.toEqual(one.members)
  })

  it('read latent coordinates where they are asked to', async () => {
    const latent = latentInput(linearEncoder(header).mlp, known)
    expect(latent.centre).toHaveLength(2)
    const networks = await train({ latent }, 'softmax', 200)
    const [learned, , bayes] = evaluate(networks).report.scores
    expect(learned.accuracy.value).toBeGreaterThan(0.3) // of 6: chance is 0.17
    expect(learned.accuracy.value).toBeLessThan(bayes.accuracy.value + 3 * bayes.accuracy.error)
  })
})
