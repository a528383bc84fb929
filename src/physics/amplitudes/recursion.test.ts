import { describe, expect, it } from 'vitest'
import '../../testing/matchers.ts'
import { randomMomenta, rotated } from '../../testing/random-momenta.ts'
import { createProcess } from './create-process.ts'
import { knownProcesses } from './known-processes.ts'
import { amplitudeParameters } from './parameters.ts'
import { legsOf, parseProcess } from './process.ts'
import { recursion } from './recursion.ts'

const parameters = amplitudeParameters({}, { mSquark: 800, mPhi: 300 })

const unitary = knownProcesses.filter((name) => {
  const kinds = legsOf(parseProcess(name)).map(({ kind }) => kind)
  // Gluinos and squarks have closed forms alone; a scalar made of gluons by a loop is no tree.
  return !kinds.includes('gluino') && !kinds.includes('squark') && !/^(g g|u u~|g u) > phi/.test(name)
})

describe('gauge invariance', () => {
  const massless = [...unitary, 'u u~ > t t~ a', 'u d~ > mu+ vmu g', 'u u~ > g g g'].flatMap((name) =>
    legsOf(parseProcess(name)).flatMap(({ kind, mass }, leg) =>
      kind === 'gluon' || (kind === 'vector' && !mass) ? [[name, leg] as const] : [],
    ),
  )
  it.each(massless)('%s: the amplitude vanishes for leg %i polarised along its momentum', (name, leg) => {
    const process = parseProcess(name)
    const momenta = randomMomenta(process, parameters, 1500, 3)
    const energy = momenta[4 * leg]
    // The sum of squares runs over the leg's two (equal) entries; sqrt for amplitudes, over the momentum's size.
    const gauge = recursion(process, parameters, { longitudinal: leg }).squaredMatrixElement(momenta)
    const typical = recursion(process, parameters).squaredMatrixElement(momenta)
    expect(Math.sqrt(Math.abs(gauge) / typical) / energy).toBeLessThan(1e-9)
    expect(typical).toBeGreaterThan(0)
  })
})

it.each([
  'g g > t t~ H',
  'g b > t t t~ W-',
  'u u~ > g g Z',
  'u u~ > t t~ t t~',
  'g u > W+ d',
  'u b > t t t~ d',
])('%s does not depend on the leg at the root', (name) => {
  const process = parseProcess(name)
  const momenta = randomMomenta(process, parameters, 2000, 5)
  const values = legsOf(process).flatMap(({ kind }, root) =>
    kind === 'quark' || kind === 'gluon'
      ? [recursion(process, parameters, { root }).squaredMatrixElement(momenta)]
      : [],
  )
  expect(values.length).toBeGreaterThan(2)
  for (const value of values) expect(value).toBeCloseToRel(values[0], 1e-10)
})

describe('directions in which spinors and polarisations have a branch', () => {
  // Legs exactly along ±z, the beams turned away from it: the same event as the one with all of it turned back.
  it.each([
    ['g g > t t~', 2],
    ['g g > t t~', 3],
    ['g b > t W-', 2],
    ['g b > t W-', 3],
    ['g g > t t~ Z', 4],
    ['u d~ > t t~ W+', 3],
    ['u d~ > t t~ W+', 4],
  ])('%s, leg %i along the axis', (name, leg) => {
    const process = parseProcess(name)
    const momenta = randomMomenta(process, parameters, 900, 7)
    const matrixElement = recursion(process, parameters)
    const expected = matrixElement.squaredMatrixElement(momenta)
    const [x, y, z] = momenta.subarray(4 * leg + 1, 4 * leg + 4)
    for (const sign of [1, -1]) {
      const flat = rotated(momenta, 0, -Math.atan2(y, x))
      const turned = rotated(flat, -Math.atan2(Math.hypot(x, y), sign * z) * sign, 0)
      const axis = sign > 0 ? turned : rotated(flat, Math.PI - Math.atan2(Math.hypot(x, y), z), 0)
      axis[4 * leg + 1] = 0
      axis[4 * leg + 2] = 0
      axis[4 * leg + 3] = sign * Math.hypot(x, y, z)
      expect(matrixElement.squaredMatrixElement(axis)).toBeCloseToRel(expected, 1e-9)
    }
  })

  it('is continuous towards -z', () => {
    const process = parseProcess('g g > t t~')
    const matrixElement = recursion(process, parameters)
    const at = (angle: number): number => {
      const p = Math.sqrt(250 ** 2 - parameters.mTop ** 2)
      const x = p * Math.sin(angle)
      const z = -p * Math.cos(angle)
      return matrixElement.squaredMatrixElement(
        Float64Array.from([250, 0, 0, 250, 250, 0, 0, -250, 250, x, 0, z, 250, -x, 0, -z]),
      )
    }
    for (const angle of [1e-200, 1e-18, 1e-15, 1e-12, 1e-9]) expect(at(angle)).toBeCloseToRel(at(0), 1e-12)
  })
})

it('does any tree with quarks, gluons, leptons and single bosons', () => {
  // Two roads: photon and Z between a quark and a lepton line, against e⁺e⁻-like helicity sums in closed form.
  const process = parseProcess('u u~ > mu- mu+')
  const { e, gL, gR } = couplings()
  const momenta = randomMomenta(process, parameters, 300, 11)
  const s = 300 ** 2
  const t = -2 * 150 * (momenta[8] - momenta[11])
  const u = -s - t
  const amplitude = (q: number, l: number): number =>
    (e * e * (2 / 3) * -1) / s + (gL.u === undefined ? 0 : (q * l) / (s - parameters.mZ ** 2))
  const expected =
    (((amplitude(gL.u, gL.e) ** 2 + amplitude(gR.u, gR.e) ** 2) * u * u +
      (amplitude(gL.u, gR.e) ** 2 + amplitude(gR.u, gL.e) ** 2) * t * t) *
      4) /
    (4 * 3)
  expect(recursion(process, parameters).squaredMatrixElement(momenta)).toBeCloseToRel(expected, 1e-12)
})

function couplings() {
  const e = Math.sqrt(4 * Math.PI * parameters.alphaEm)
  const sw2 = parameters.sinSquared
  const gz = e / Math.sqrt(sw2 * (1 - sw2))
  return {
    e,
    gL: { u: gz * (0.5 - (2 / 3) * sw2), e: gz * (-0.5 + sw2) },
    gR: { u: (-gz * 2 * sw2) / 3, e: gz * sw2 },
  }
}

it('says with which power of the strong coupling a process goes', () => {
  for (const name of knownProcesses) {
    const process = parseProcess(name)
    const momenta = randomMomenta(process, parameters, 2500, 13)
    const { strongPower, squaredMatrixElement } = createProcess(process, parameters)
    const doubled = createProcess(process, { ...parameters, gs: 2 * parameters.gs })
    expect(doubled.squaredMatrixElement(momenta) / squaredMatrixElement(momenta), name).toBeCloseToRel(
      2 ** strongPower,
      1e-9,
    )
  }
})

it('makes every process of the samples', () => {
  for (const name of knownProcesses) {
    const process = parseProcess(name)
    const value = createProcess(process, parameters).squaredMatrixElement(
      randomMomenta(process, parameters, 2500, 13),
    )
    expect(value, name).toBeGreaterThan(0)
  }
})

it.each([
  ['u b > t d H', /W, Z, photon or Higgs among themselves/],
  ['u u~ > W+ W-', /W, Z, photon or Higgs among themselves/],
  ['u d > t t~', /no tree diagram/],
  ['g g > xyz', /no particle "xyz"/],
  ['g g t t~', /is no process/],
  ['g go > go go', /knows no go/],
])('%s is refused with the processes that there are', (name, reason) => {
  expect(() => createProcess(name, parameters)).toThrow(reason)
  expect(() => createProcess(name, parameters)).toThrow(/g g, u u~ > go go, .*t t~ t t~; .*vmu/)
})
