import { expect, it } from 'vitest'
import { runMlp } from '../../../ml/mlp.ts'
import { createRng } from '../../../numerics/rng.ts'
import { featuresPerEvent, fitScaling } from './features/event-features.ts'
import { linearAxes } from './linear-axes.ts'
import { drawSets, setInputs } from './sets.ts'

const events = 2000
const indices = Uint32Array.from({ length: events }, (_, i) => i)

/** Gaussian events: η of the second jet (place 8) moves by the shift, that of the third (11) is noise twice as wide. */
function gaussian(shift: number, seed: number) {
  const rng = createRng(seed)
  const features = new Float32Array(events * featuresPerEvent)
  for (let i = 0; i < events; i++) {
    features[i * featuresPerEvent + 8] = shift + rng.normal()
    features[i * featuresPerEvent + 11] = 2 * rng.normal() + 0.5 * features[i * featuresPerEvent + 8]
  }
  return { features, indices }
}

it('puts models apart by what tells them apart, in units of the width of one', () => {
  const models = [gaussian(0, 1), gaussian(1, 2), gaussian(3, 3)]
  const scaling = fitScaling(models)
  for (const perSet of [1, 9]) {
    const mlp = linearAxes(models, scaling, perSet)
    const sets = 200
    const clouds = models.map((model, m) => {
      const places = drawSets({ model, indices, sets, perSet, rng: createRng(10 + m) })
      const z = runMlp(mlp, setInputs(model.features, places, scaling), sets)
      const first = Array.from({ length: sets }, (_, s) => z[2 * s])
      const mean = first.reduce((a, b) => a + b, 0) / sets
      return { mean, width: Math.sqrt(first.reduce((a, b) => a + (b - mean) ** 2, 0) / (sets - 1)) }
    })
    // Width 1 with the error 1/√(2·200) = 0.05; the best axis has the distance |shift| √N of the noise alone.
    for (const { width } of clouds) expect(Math.abs(width - 1)).toBeLessThan(0.2)
    const apart = Math.abs(clouds[2].mean - clouds[0].mean)
    expect(Math.abs(apart / (3 * Math.sqrt(perSet)) - 1)).toBeLessThan(0.1)
    expect(Math.abs((clouds[1].mean - clouds[0].mean) / (clouds[2].mean - clouds[0].mean))).toBeCloseTo(
      1 / 3,
      1,
    )
  }
})
