import { expect, it } from 'vitest'
import { sampleModels, type SampleModel } from '../../../../generator/samples/models.ts'
import { loadAmplitudeKernel } from '../../../../kernels/load-kernels.ts'
import { toyPdf } from '../../../../testing/toy-pdf.ts'
import { exactLimit, jetModel } from './exact-limits.ts'
import { hasExactDensity, madeAlike } from './made-alike.ts'

const kernel = await loadAmplitudeKernel()
const settings = {
  ...{ pdf: toyPdf(), sqrtS: 13_000, kernel },
  rule: { pt: 24, eta: 6, rapidity: 10, virtuality: 12 },
}

function densityOf(id: string, model: SampleModel) {
  const steps = jetModel({ id, model }, settings)
  const shares: number[] = []
  let step = steps.next()
  while (!step.done) {
    shares.push(step.value)
    step = steps.next()
  }
  expect(shares.at(-1)).toBe(1)
  expect(shares).toEqual([...shares].sort((a, b) => a - b))
  return step.value
}

const [light, heavy] = [200, 1000].map((mphi) =>
  densityOf(`v${mphi}`, { process: 'p p > Zp j', set: { mphi }, mediator: 'vector' }),
)

it('mediators and Z beside a jet have an exact density, what else makes missing momentum has none', () => {
  expect(Object.keys(sampleModels).filter((id) => hasExactDensity(sampleModels[id]))).toEqual([
    ...['vector-m200', 'vector-m500', 'vector-m1000', 'vector-m2000', 'axial-m500', 'axial-m2000'],
    ...['axial-m500-chi240', 'scalar-m125', 'scalar-m500', 'znunu-j'],
  ])
})

it('the limit rises with the set, is symmetric, and is one half of a model and itself', () => {
  const sizes = [1, 3, 10, 30]
  const { auc, separation, reverse } = exactLimit(light, heavy, sizes)
  auc.forEach(({ value, error }, k) => {
    expect(error).toBeLessThan(1e-3)
    expect(value).toBeGreaterThan(k === 0 ? 0.55 : auc[k - 1].value)
  })
  const other = exactLimit(heavy, light, sizes)
  other.auc.forEach(({ value }, k) => expect(value).toBeCloseTo(auc[k].value, 6))
  expect(other.separation).toEqual(reverse)
  // Far fewer of the heavy mediator are made: the same number of events is a larger luminosity.
  expect(separation.luminosityFb).toBeCloseTo(separation.events / heavy.sigmaPb / 1000, 12)
  for (const { value, error } of exactLimit(light, light, sizes).auc) {
    expect(value).toBeCloseTo(0.5, 9)
    expect(error).toBeLessThan(2e-4)
  }
})

it('vector and axial of one line shape are one model: production knows no difference', () => {
  const one = { process: 'p p > Zp j', set: { mphi: 500 } }
  const [vector, axial] = (['vector', 'axial'] as const).map((mediator) =>
    densityOf(mediator, { ...one, mediator }),
  )
  expect(axial.density).toEqual(vector.density)
  expect(exactLimit(vector, axial, [30]).auc[0].value).toBeCloseTo(0.5, 9)
})

it('gluons make scalars and quarks vectors: there the limit of one jet is no bound', () => {
  const alike = (a: string, b: string) => madeAlike({ id: a }, { id: b })
  expect(alike('vector-m500', 'znunu-j')).toBe(true)
  expect(alike('scalar-m125', 'scalar-m500')).toBe(true)
  expect(alike('scalar-m500', 'axial-m500')).toBe(false)
  expect(alike('vector-m500', 'wlnu-j')).toBeNull()
  expect(alike('vector-m500', 'constructor')).toBeNull()
})
