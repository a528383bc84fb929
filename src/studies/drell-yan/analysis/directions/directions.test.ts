import { describe, expect, it } from 'vitest'
import { createMlpRunner, mlpOutputs, type Mlp } from '../../../../ml/mlp.ts'
import { createRng } from '../../../../numerics/rng.ts'
import { operatorFamilies, operatorNames, operators } from '../../../../physics/smeft/operators.ts'
import { smallCorpus } from '../../../../testing/small-universes.ts'
import { directionsReport } from './directions-report.ts'
import { familyNames } from './family-names.ts'
import { integratedGradients } from './integrated-gradients.ts'
import { latentQuality } from './latent-quality.ts'
import { axisCorrelations, cosineDistances, operatorDirections } from './operator-directions.ts'

const { header, encoder } = await smallCorpus()
const bins = header.universeModel.templates.bins
const n = operatorNames.length
const rng = createRng(6)

/** A random network with two hidden layers. */
function network(outputs: number): Mlp {
  const widths = [bins, 24, 16, outputs]
  return {
    layers: widths.slice(1).map((width, l) => ({
      inputs: widths[l],
      outputs: width,
      kernel: Float32Array.from({ length: widths[l] * width }, () => rng.normal() / Math.sqrt(widths[l])),
      bias: Float32Array.from({ length: width }, () => 0.3 * rng.normal()),
      activation: l < 2 ? ('relu' as const) : ('linear' as const),
    })),
  }
}

describe('directions of operators', () => {
  it('steps are the differences of the encoder, efficiencies at most one', () => {
    const mlp = network(3)
    const found = operatorDirections(header.whitenedLinear, mlp)
    const runner = createMlpRunner(mlp)
    const [a, b] = [new Float64Array(3), new Float64Array(3)]
    for (let o = 0; o < n; o++) {
      const template = header.whitenedLinear.subarray(o * bins, (o + 1) * bins)
      const h = 1e-5 / found.speed[o]
      runner.run(
        template.map((value) => h * value),
        a,
      )
      runner.run(
        template.map((value) => -h * value),
        b,
      )
      for (let k = 0; k < 3; k++)
        expect(found.step[o * 3 + k] / found.speed[o]).toBeCloseTo(
          (a[k] - b[k]) / (2 * h * found.speed[o]),
          5,
        )
      expect(found.efficiency[o]).toBeLessThanOrEqual(1 + 1e-12)
      expect(found.efficiency[o]).toBeGreaterThan(0)
    }
  })

  it('an encoder that keeps everything has efficiency one, whatever its scale', () => {
    const all: Mlp = {
      layers: [
        {
          inputs: bins,
          outputs: bins,
          kernel: Float32Array.from({ length: bins * bins }, (_, i) => (i % (bins + 1) ? 0 : 7)),
          bias: new Float32Array(bins),
          activation: 'linear',
        },
      ],
    }
    for (const value of operatorDirections(header.whitenedLinear, all).efficiency)
      expect(value).toBeCloseTo(1, 10)
  })

  it('a dead axis does not break it', () => {
    const mlp = network(2)
    const last = mlp.layers[2]
    for (let i = 0; i < last.kernel.length; i += 2) last.kernel[i] = 0
    for (const value of operatorDirections(header.whitenedLinear, mlp).efficiency) {
      expect(value).toBeGreaterThanOrEqual(0)
      expect(value).toBeLessThanOrEqual(1 + 1e-9)
    }
  })

  it('cosine distance forgets sign and length', () => {
    expect([...cosineDistances(Float64Array.of(1, 0, -3, 0, 0, 2, 0, 0), 4)].slice(0, 4)).toEqual([
      0, 0, 1, 1,
    ])
  })

  it('correlates axes with coefficients', () => {
    const rows = 400
    const coefficients = Float64Array.from({ length: rows * n }, () => rng.normal())
    const latent = new Float32Array(rows * 2)
    for (let u = 0; u < rows; u++) {
      latent[2 * u] = -2 * coefficients[u * n + 3]
      latent[2 * u + 1] = coefficients[u * n] + coefficients[u * n + 1]
    }
    const keep = Array.from({ length: rows }, (_, u) => u)
    const found = axisCorrelations(latent, coefficients, keep)
    expect(found[3]).toBeCloseTo(-1, 6)
    expect(found[n]).toBeCloseTo(Math.SQRT1_2, 1)
    expect(Math.abs(found[n + 5])).toBeLessThan(0.2) // 4 standard errors
  })
})

describe('integrated gradients', () => {
  const x = header.whitenedMeans.subarray(3 * bins, 4 * bins)

  it('are exact for a linear map, and bins and decorrelated bins sum alike', () => {
    const found = integratedGradients(encoder.mlp, header.universeModel.whitening, x, 1)
    const kernel = encoder.mlp.layers[0].kernel
    for (let k = 0; k < 2; k++) {
      for (let b = 0; b < bins; b++)
        expect(found.perWhitened[k * bins + b]).toBeCloseTo(kernel[b * 2 + k] * x[b], 5)
      const sum = (values: Float64Array) =>
        values.subarray(k * bins, (k + 1) * bins).reduce((total, value) => total + value, 0)
      expect(sum(found.perWhitened)).toBeCloseTo(found.displacement[k], 5)
      expect(sum(found.perBin)).toBeCloseTo(found.displacement[k], 5)
    }
    expect(found.completeness).toBeLessThan(1e-5)
  })

  it('are complete for a network, better with more steps', () => {
    const mlp = network(2)
    const coarse = integratedGradients(mlp, header.universeModel.whitening, x, 4).completeness
    const fine = integratedGradients(mlp, header.universeModel.whitening, x, 512).completeness
    expect(fine).toBeLessThan(2e-3)
    expect(fine).toBeLessThan(coarse)
  })
})

describe('report', () => {
  const run = (mlp: Mlp, families = 4) => {
    const job = directionsReport({ header, order: 'linear', encoder: mlp, families, seed: 1 })
    let step = job.next()
    while (!step.done) step = job.next()
    return step.value
  }

  it('names every family once and repeats itself', () => {
    const report = run(encoder.mlp)
    expect(report.templates.names).toHaveLength(4)
    expect(new Set(report.templates.names).size).toBe(4)
    expect(mlpOutputs(encoder.mlp)).toBe(report.directions.latentDim)
    expect(report.quality).toEqual(report.linearQuality) // the encoder is PCA-2 itself
    expect(run(encoder.mlp)).toEqual(report)
  })

  it('warns of a collapsed map', () => {
    const flat = network(2)
    flat.layers[2].kernel.fill(0)
    const keep = Array.from({ length: header.table.count }, (_, u) => u)
    expect(latentQuality(header.whitenedMeans, bins, flat, keep, 1).spread.collapsed).toBe(true)
    expect(latentQuality(header.whitenedMeans, bins, encoder.mlp, keep, 1).spread.collapsed).toBe(false)
  })

  it('names by members', () => {
    const label = (of: (name: string) => number) => operatorNames.map(of)
    expect(familyNames(label((name) => (name === 'cll1' ? 1 : 0)))).toEqual([
      'four-fermion + quark vertices + lepton vertices + inputs',
      'C_ll′ alone',
    ])
    expect(familyNames(operators.map(({ family }) => operatorFamilies.indexOf(family)))).toEqual([
      'inputs',
      'lepton vertices',
      'quark vertices',
      'four-fermion',
    ])
  })
})
