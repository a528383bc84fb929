import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { createRng } from '../numerics/rng.ts'
import { largestDeviation } from './backend-probe.ts'
import { initBackend, probeBackends } from './backends.ts'

const tiny = { features: 4, widths: [4], latentDim: 2, universes: 3, replicas: 2 }

describe('backends in Node', () => {
  it('starts wasm and finds it equal to cpu', async () => {
    const [report] = await initBackend('wasm')
    expect(report).toMatchObject({ name: 'wasm', available: true, chosen: true })
    // Not exactly zero: it did compute with other code than cpu.
    expect(report.maxDeviation).toBeGreaterThan(0)
    expect(report.maxDeviation).toBeLessThan(1e-4)
    expect(tf.getBackend()).toBe('wasm')
  })

  it('starts our own kernels and finds them equal to cpu', async () => {
    const [report] = await initBackend('kernels')
    expect(report).toMatchObject({ name: 'kernels', available: true, chosen: true })
    expect(report.maxDeviation).toBeGreaterThan(0)
    expect(report.maxDeviation).toBeLessThan(1e-4)
  })

  it('does not start a graphics card where the processor is quick', async () => {
    const reports = await probeBackends(['webgl', 'kernels'], {
      shape: tiny,
      budgetMs: 5,
      enoughMs: 1e6,
    })
    expect(reports.map(({ name, chosen }) => [name, chosen])).toEqual([
      ['webgl', false],
      ['kernels', true],
    ])
    expect(reports[0].reason).toMatch(/not measured: a step takes/)
  })

  it.each([
    [[1, 0], false],
    [[0, 1], false],
    [[1, 1], false],
    [[0, 1], true],
  ])(
    'multiplies transposed matrices %j (stacked: %s) as cpu does, without leaks',
    async ([ta, tb], stacked) => {
      const rng = createRng(8)
      const stack = stacked ? [3] : []
      const tensors = (): tf.Tensor[] => {
        const normals = (shape: number[]): tf.Tensor =>
          tf.tensor(
            Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => rng.normal()),
            shape,
          )
        return [
          normals([...stack, ...(ta ? [5, 4] : [4, 5])]),
          normals([...stack, ...(tb ? [6, 5] : [5, 6])]),
        ]
      }
      await initBackend('wasm')
      const before = tf.memory().numTensors
      const [a, b] = tensors()
      const product = tf.matMul(a, b, Boolean(ta), Boolean(tb))
      const wasm = product.dataSync()
      const [inputA, inputB] = [a.dataSync(), b.dataSync()]
      tf.dispose([a, b, product])
      expect(tf.memory().numTensors).toBe(before)
      await tf.setBackend('cpu')
      const cpu = tf.tidy(() =>
        tf
          .matMul(tf.tensor(inputA, a.shape), tf.tensor(inputB, b.shape), Boolean(ta), Boolean(tb))
          .dataSync(),
      )
      cpu.forEach((value, i) => expect(wasm[i]).toBeCloseTo(value, 4))
    },
  )

  it('reports why a backend is absent and takes the fastest of the others', async () => {
    const reports = await probeBackends(['webgpu', 'webgl', 'wasm', 'cpu'], { shape: tiny, budgetMs: 5 })
    const [webgpu, webgl, wasm, cpu] = reports
    expect(webgpu).toMatchObject({ available: false, reason: 'this browser has no WebGPU' })
    expect(webgl).toMatchObject({ available: false, reason: 'it does not exist on this platform' })
    const fastest = Number(wasm.msPerStep) <= (cpu.msPerStep ?? Infinity) ? wasm : cpu
    expect(reports.filter((report) => report.chosen)).toEqual([fastest])
    expect(tf.getBackend()).toBe(fastest.name)
  })

  it('refuses an absent backend by name', async () => {
    await expect(initBackend('webgl')).rejects.toMatchObject({
      code: 'ml/backend-unavailable',
      message: expect.stringContaining('Backend webgl cannot be used: it does not exist on this platform'),
    })
  })
})

it('measures deviations against the largest number of each group', () => {
  const groups = (loss: number, a: number): Float32Array[] => [Float32Array.of(loss), Float32Array.of(a, 8)]
  expect(largestDeviation(groups(2, 1), groups(2, 1))).toBe(0)
  expect(largestDeviation(groups(2, 3), groups(2, 1))).toBeCloseTo(0.25)
  expect(largestDeviation(groups(2.5, 1), groups(2, 1))).toBeCloseTo(0.25)
  expect(largestDeviation(groups(2, Number.NaN), groups(2, 1))).toBe(Infinity)
})

it('what a thread found of the kernels is not measured again by the same options', async () => {
  const options = { wasmFiles: undefined }
  const [first, second] = await Promise.all([initBackend('auto', options), initBackend('auto', options)])
  expect(first.find(({ chosen }) => chosen)?.name).toBe('kernels')
  expect(second).toBe(first)
  expect(await initBackend('auto', options)).toBe(first)
})
