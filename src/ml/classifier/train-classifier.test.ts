import { describe, expect, it } from 'vitest'
import type { AppError } from '../../errors.ts'
import { loadKernels } from '../../kernels/load-kernels.ts'
import { createRng } from '../../numerics/rng.ts'
import { runMlp } from '../mlp.ts'
import { initialiseRatio, ratioMlp } from '../ratio/ratio-parameters.ts'
import { createClassifierEngine } from './classifier-engine.ts'
import { concentrations, headLoss, outside, softmax, type HeadSettings } from './heads.ts'
import { trainClassifier, type ClassifierBatches } from './train-classifier.ts'

const kernels = await loadKernels()
const architecture = { inputs: 2, widths: [32, 16], outputs: 3 }
const settings: HeadSettings = { method: 'softmax', betaIn: 300, outWeight: 1, annealing: 0 }
/** Three classes at the corners of a triangle, unit noise; rows outside far away from all. */
const centres = [
  [0, 2],
  [-2, -1],
  [2, -1],
]
const batches = (withOutside: boolean): ClassifierBatches => ({
  next(step) {
    const rng = createRng(9).split(step)
    const rows = 96
    const x = new Float32Array(2 * rows)
    const labels = new Int32Array(rows)
    for (let r = 0; r < rows; r++) {
      labels[r] = withOutside && r % 2 ? outside : rng.integer(3)
      const angle = 2 * Math.PI * rng.uniform()
      const [a, b] = labels[r] === outside ? [9 * Math.cos(angle), 9 * Math.sin(angle)] : centres[labels[r]]
      x.set([a + rng.normal(), b + rng.normal()], 2 * r)
    }
    return { x, labels }
  },
})
const config = {
  method: 'softmax' as const,
  steps: 400,
  learningRate: 0.02,
  betaIn: 300,
  outWeight: 1,
  epochSteps: 1e4,
}

function train(method: 'softmax' | 'dpn' | 'evidential', seed = 1): Float32Array {
  const engine = createClassifierEngine(kernels, architecture, seed)
  const run = trainClassifier({ ...config, method }, engine, batches(method === 'dpn'))
  for (;;) {
    const next = run.next()
    if (next.done) return next.value
  }
}

const logitsAt = (parameters: Float32Array, x: number[]): Float32Array =>
  runMlp(ratioMlp(architecture, parameters), Float32Array.from(x), 1)

describe('the engine', () => {
  // Witness: central differences of the head's loss on the network in plain TypeScript.
  it.each(['softmax', 'dpn', 'evidential'] as const)(
    'takes its first step of %s along the gradient',
    (method) => {
      const { x, labels } = batches(method === 'dpn').next(0)
      const head = { ...settings, method }
      const start = initialiseRatio(architecture, createRng(1).split('initialise'))
      const loss = (parameters: Float32Array): number => {
        const z = runMlp(ratioMlp(architecture, parameters), x, labels.length)
        return headLoss(head, z, labels, 3, new Float32Array(z.length))
      }
      const engine = createClassifierEngine(kernels, architecture, 1)
      const learningRate = 1e-3
      const before = engine.step(x, labels, head, learningRate, true)
      expect(Math.abs(before - loss(start))).toBeLessThan(1e-4 * before)
      const moved = engine.state().parameters
      let checked = 0
      for (let i = 0; i < start.length; i += 5) {
        const at = (shift: number): number => {
          const other = start.slice()
          other[i] += shift
          return loss(other)
        }
        const slope = (at(2 ** -6) - at(-(2 ** -6))) / 2 ** -5
        if (Math.abs(slope) < 1e-2 * before) continue // too near a kink or to rounding to say its sign
        checked++
        // The first step of Adam is the learning rate times the sign of the gradient.
        expect(Math.abs(moved[i] - start[i] + learningRate * Math.sign(slope))).toBeLessThan(
          0.02 * learningRate,
        )
      }
      expect(checked).toBeGreaterThan(3)
    },
  )
})

describe('training', () => {
  it('softmax comes near the Bayes posterior', () => {
    const parameters = train('softmax')
    const p = new Float64Array(3)
    for (const [x, y] of [
      [0, 0],
      [0.5, 0.5],
      [-1, 0.3],
      [1.5, -1],
    ]) {
      const bayes = centres.map(([a, b]) => Math.exp(-0.5 * ((x - a) ** 2 + (y - b) ** 2)))
      const sum = bayes.reduce((a, b) => a + b)
      softmax(logitsAt(parameters, [x, y]), p)
      bayes.forEach((e, k) => expect(Math.abs(p[k] - e / sum)).toBeLessThan(0.08))
    }
  })

  it('a Dirichlet prior network is certain of a class inside and has no evidence outside', () => {
    const parameters = train('dpn')
    const alpha = (x: number[]) => concentrations('dpn', logitsAt(parameters, x), new Float64Array(3))
    const inside = alpha([0, 2.3])
    expect(inside[0]).toBeGreaterThan(150)
    expect(inside[1] + inside[2]).toBeLessThan(0.1 * inside[0])
    const out = alpha([-8, 6])
    expect(out.reduce((a, b) => a + b)).toBeLessThan(30)
  })

  it('an evidential network has evidence for the right class', () => {
    const alpha = concentrations(
      'evidential',
      logitsAt(train('evidential'), [2.5, -1.2]),
      new Float64Array(3),
    )
    expect(alpha[2]).toBeGreaterThan(5 * (alpha[0] + alpha[1]))
  })

  it('one seed gives one network, another seed another', () => {
    expect(train('softmax')).toEqual(train('softmax'))
    expect(train('softmax', 2)).not.toEqual(train('softmax'))
  })

  it('a batch that is no number ends it', () => {
    const engine = createClassifierEngine(kernels, architecture, 1)
    const source = { next: () => ({ x: new Float32Array(8).fill(Number.NaN), labels: new Int32Array(4) }) }
    expect(() => trainClassifier(config, engine, source).next()).toThrow(
      expect.objectContaining<Partial<AppError>>({ code: 'ml/diverged' }),
    )
  })
})
