import { beforeAll, describe, expect, it } from 'vitest'
import { AmplitudeKernel } from '../../kernels/amplitude-kernel.ts'
import { loadAmplitudeKernel } from '../../kernels/load-kernels.ts'
import '../../testing/matchers.ts'
import { randomMomenta, rotated } from '../../testing/random-momenta.ts'
import reference from '../reference/amplitudes/madgraph-points.json'
import { createHelicityAmplitudes, createProcess } from './create-process.ts'
import { selectHelicities } from './helicity-selection.ts'
import { kernelAmplitudes, kernelProcess } from './kernel-process.ts'
import { kernelProgram } from './kernel-program.ts'
import { amplitudeParameters } from './parameters.ts'
import { entryParameters, flatMomenta, parsePointsFile } from './points-file.ts'
import { legsOf, parseProcess } from './process.ts'
import { recursion } from './recursion.ts'

let kernel: WebAssembly.Module
beforeAll(async () => {
  const module = await loadAmplitudeKernel()
  if (!module) throw new Error('Node has SIMD128')
  kernel = module
})

const parameters = amplitudeParameters({}, { mPhi: 300 })
const file = parsePointsFile(JSON.stringify(reference))
const trees = file.points.filter(({ process }) =>
  legsOf(parseProcess(process)).every(({ kind }) => kind !== 'gluino' && kind !== 'squark'),
)

it.each(trees)('$process is that of MadGraph', (entry) => {
  const process = parseProcess(entry.process)
  const matrixElement = kernelProcess(kernel, process, entryParameters(file, entry, process))
  for (const { p, me2 } of entry.points)
    expect(matrixElement.squaredMatrixElement(flatMomenta(process, p))).toBeCloseToRel(me2, 1e-12)
})

const samples = [
  ...['g g > t t~', 'd d~ > t t~', 'g g > t t~ H', 'g g > t t~ phi', 'u u~ > t t~ Z', 'd~ u > t t~ W+'],
  ...[
    'g b > t W- phi',
    'g b~ > t~ t~ t W+',
    'b g > t t t~ W-',
    'u b > t t t~ d',
    'd~ b > u~ t phi',
    'd d~ > t t~ t t~',
  ],
  ...['g u > mu- mu+ u', 'd~ u > vmu mu+ g', 'u u~ > g g g', 'g g > t t~ a', 't~ > b~ mu- vmu~'],
]

describe.each(samples)('%s', (name) => {
  const process = parseProcess(name)

  it('is the recursion, helicity by helicity, again and again', () => {
    const squared = kernelProcess(kernel, process, parameters)
    const tensor = kernelAmplitudes(kernel, process, parameters)
    const expected = recursion(process, parameters)
    for (const seed of [1, 2, 1]) {
      const momenta = randomMomenta(process, parameters, 1800, seed)
      const sum = expected.squaredMatrixElement(momenta)
      expect(squared.squaredMatrixElement(momenta)).toBeCloseToRel(sum, 1e-11)
      expect(tensor.squaredMatrixElement(momenta)).toBeCloseToRel(sum, 1e-11)
      const ours = tensor.amplitudes(momenta)
      const theirs = expected.amplitudes(momenta)
      expect([...ours.colourMatrix]).toEqual([...theirs.colourMatrix])
      expect(ours.helicities).toEqual(theirs.helicities)
      const scale = theirs.values.reduce((largest, x) => Math.max(largest, Math.abs(x)), 0)
      const worst = theirs.values.reduce((most, x, i) => Math.max(most, Math.abs(x - ours.values[i])), 0)
      expect(worst / scale).toBeLessThan(1e-11)
    }
  })

  it('lies in regions of its own, within its memory, and never grows', () => {
    const { indices } = selectHelicities(process, parameters, true)
    const built = new AmplitudeKernel(kernel, kernelProgram(process, parameters, indices).program)
    const regions = built.map.regions().filter(({ bytes }) => bytes > 0)
    regions.forEach(({ name, start, bytes }, i) => {
      expect(start % 16, name).toBe(0)
      expect(start + bytes, name).toBeLessThanOrEqual(regions[i + 1]?.start ?? built.map.bytes)
    })
    expect(built.map.bytes).toBeLessThan(2 ** 20)
    const before = built.memoryBytes
    for (let i = 0; i < 100; i++) built.squared(randomMomenta(process, parameters, 1500, i))
    expect(built.memoryBytes).toBe(before)
  })
})

describe('directions in which wave functions have a branch', () => {
  it.each([
    ['g g > t t~', 2],
    ['g g > t t~ Z', 2],
    ['g g > t t~ Z', 4],
    ['g b > t W-', 3],
  ])('%s, leg %i along ±z', (name, leg) => {
    const process = parseProcess(name)
    const momenta = randomMomenta(process, parameters, 900, 7)
    const matrixElement = kernelProcess(kernel, process, parameters)
    const expected = matrixElement.squaredMatrixElement(momenta)
    const [x, y, z] = momenta.subarray(4 * leg + 1, 4 * leg + 4)
    const flat = rotated(momenta, 0, -Math.atan2(y, x))
    for (const target of [0, Math.PI]) {
      const axis = rotated(flat, target - Math.atan2(Math.hypot(x, y), z), 0)
      axis[4 * leg + 1] = axis[4 * leg + 2] = 0
      axis[4 * leg + 3] = Math.cos(target) * Math.hypot(x, y, z)
      expect(matrixElement.squaredMatrixElement(axis)).toBeCloseToRel(expected, 1e-9)
    }
  })
})

describe('helicities', () => {
  it.each([
    ['g g > t t~', 8, 2],
    ['u u~ > t t~', 4, 2],
    ['g g > t t~ t t~', 32, 2],
    ['u u~ > t t~ t t~', 16, 2],
    // A W takes the left-handed bottom alone; no parity.
    ['g b > t t t~ W-', 48, 1],
    ['u b > t d', 2, 1],
    ['g g > t t~ Z', 48, 1],
  ])('of %s: %i of them, counted %i times', (name, count, factor) => {
    const selection = selectHelicities(parseProcess(name), parameters, true)
    expect(selection.indices.reduce((product, { length }) => product * length, 1)).toBe(count)
    expect(selection.factor).toBe(factor)
  })
})

it('the fastest way is taken, or the one that is asked for', () => {
  const way = (name: string, options: object): string => createProcess(name, parameters, options).method
  expect(way('g g > t t~', { kernel })).toBe('closed-form')
  expect(way('g g > t t~', { kernel, method: 'kernel' })).toBe('kernel')
  expect(way('g g > t t~ H', { kernel })).toBe('kernel')
  expect(way('g g > t t~ H', {})).toBe('recursion')
  expect(way('g g > t t~', { kernel, method: 'recursion' })).toBe('recursion')
  expect(() => way('g g > t t~ H', { kernel, method: 'closed-form' })).toThrow(/no closed form/)
  expect(() => way('g g > t t~', { method: 'kernel' })).toThrow(/no SIMD/)
  expect(createHelicityAmplitudes('g g > t t~', parameters, kernel).method).toBe('kernel')
})
