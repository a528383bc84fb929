import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { createRng } from '../../numerics/rng.ts'
import { contrastiveLoss, type LossSettings } from './contrastive-loss.ts'
import { contrastiveLossOnTensors } from './contrastive-loss-tfjs.ts'

const rng = createRng(11)
const dim = 3
// Four universes, one of them alone: its row is no anchor but is everybody's negative.
const labels = Int32Array.of(5, 5, 5, 9, 9, 2, 7, 7, 7, 7)
const z = Float32Array.from({ length: labels.length * dim }, () => rng.normal())

const cases: LossSettings[] = [
  { loss: 'supcon-euclidean', temperature: 0.5, margin: 0 },
  { loss: 'supcon-euclidean', temperature: 0.02, margin: 0 },
  { loss: 'supcon-cosine', temperature: 0.1, margin: 0 },
  { loss: 'supcon-cosine', temperature: 0.01, margin: 0 },
  { loss: 'pair', temperature: 1, margin: 1 },
  { loss: 'pair', temperature: 1, margin: 4 },
]

describe.each(cases)('$loss, τ = $temperature, M = $margin', (settings) => {
  const reference = contrastiveLoss(settings, z, labels, dim)

  it('has the gradient of central differences', () => {
    const h = 1e-5
    for (let i = 0; i < z.length; i++) {
      const shifted = (by: number): number => {
        const moved = Float64Array.from(z)
        moved[i] += by
        return contrastiveLoss(settings, moved, labels, dim).value
      }
      const expected = (shifted(h) - shifted(-h)) / (2 * h)
      expect(Math.abs(reference.gradient[i] - expected)).toBeLessThan(1e-5 * (1 + Math.abs(expected)))
    }
  })

  describe('on tensors', () => {
    beforeAll(async () => void (await tf.setBackend('cpu')))

    it('agrees with double precision in value and gradient', () => {
      tf.tidy(() => {
        const result = contrastiveLossOnTensors(settings, tf.tensor2d(z, [labels.length, dim]), labels)
        const scale = Math.max(...reference.gradient.map(Math.abs))
        // float32 similarities divided by the temperature
        const tolerance = 2e-6 / Math.min(1, settings.temperature)
        expect(Math.abs(result.value.dataSync()[0] - reference.value)).toBeLessThan(
          tolerance * (1 + reference.value),
        )
        result.gradient
          .dataSync()
          .forEach((value, i) =>
            expect(Math.abs(value - reference.gradient[i])).toBeLessThan(tolerance * scale),
          )
      })
    })
  })
})

describe('by hand', () => {
  it('supervised contrastive: two universes of two, at distances 1 within and far between', () => {
    // Each anchor has its partner at s = -1 and two others at s = -100 and beyond: log(1 + tiny).
    const far = Float32Array.of(0, 1, 10, 11)
    const settings: LossSettings = { loss: 'supcon-euclidean', temperature: 1, margin: 0 }
    const { value } = contrastiveLoss(settings, far, Int32Array.of(0, 0, 1, 1), 1)
    const outer = Math.log(1 + Math.exp(1 - 100) + Math.exp(1 - 121))
    const inner = Math.log(1 + Math.exp(1 - 81) + Math.exp(1 - 100))
    expect(value).toBeCloseTo((outer + inner) / 2, 12)
  })

  it('supervised contrastive: all in one place is log(rows - 1)', () => {
    const settings: LossSettings = { loss: 'supcon-euclidean', temperature: 1, margin: 0 }
    const { value } = contrastiveLoss(settings, new Float32Array(12), Int32Array.of(0, 0, 1, 1, 2, 2), 2)
    expect(value).toBeCloseTo(Math.log(5), 12)
  })

  it('pair loss: mean square within plus mean squared lack of distance between', () => {
    // within: 1 and 4, mean 2.5; between, distances 2 3 4 5 of margin 4: gaps 2 1 0 0, mean square 5/4.
    const settings: LossSettings = { loss: 'pair', temperature: 1, margin: 4 }
    const { value } = contrastiveLoss(settings, [0, 1, 3, 5], Int32Array.of(0, 0, 1, 1), 1)
    expect(value).toBeCloseTo(2.5 + (1 + 0 + 4 + 0) / 4, 12)
  })

  it('is zero, not NaN, where no row has a partner', () => {
    const settings: LossSettings = { loss: 'supcon-cosine', temperature: 1, margin: 4 }
    const alone = contrastiveLoss(settings, [0, 0, 1, 2], Int32Array.of(0, 1), 2)
    expect(alone.value).toBe(0)
    expect([...alone.gradient]).toEqual([0, 0, 0, 0])
  })
})
