import { expect, it } from 'vitest'
import { loadAmplitudeKernel } from '../../kernels/load-kernels.ts'
import { partonIndex, type PartonId } from '../../physics/pdf/pdf-set.ts'
import { sampleModels } from '../samples/models.ts'
import { modelProcess } from '../samples/model-process.ts'
import { toyPdf } from '../../testing/toy-pdf.ts'
import { gev2ToPb } from './integrand.ts'
import { createJetDensity, jetGrid, jetRule } from './jet-density.ts'

const kernel = await loadAmplitudeKernel()
const pdf = toyPdf()
const sqrtS = 13_000
const vector = (mphi: number, more: { gchi?: number } = {}, decay = '') =>
  modelProcess(
    { process: `p p > Zp j${decay}`, set: { mphi, mchi: 50, ...more }, mediator: 'vector', ptMin: 100 },
    { pdf, sqrtS, kernel },
  )
it('is the closed forms of V + jet summed over partons and the rapidity of V', () => {
  const [q, pt, absEta] = [500, 300, 1.1]
  const hard = vector(q)
  const { alphaS } = hard.collision
  const mt = Math.hypot(q, pt)
  const scale = (mt + pt) / 2
  const g2 = 4 * Math.PI * alphaS(scale)
  // c = (gL² + gR²)/2 with gL = gR = 0.25; events: annihilation, Compton scattering of the crossed form.
  const c = 0.25 ** 2
  const annihilation = (s: number, t: number, u: number) =>
    ((8 / 9) * g2 * c * (t * t + u * u + 2 * s * q * q)) / (t * u)
  const compton = (s: number, t: number, u: number) =>
    (-(1 / 3) * g2 * c * (s * s + t * t + 2 * u * q * q)) / (s * t)
  let sum = 0
  const steps = 4000
  for (const eta of [absEta, -absEta])
    for (let i = 0; i < steps; i++) {
      const y = -4 + (8 * (i + 0.5)) / steps
      const x1 = (mt * Math.exp(y) + pt * Math.exp(eta)) / sqrtS
      const x2 = (mt * Math.exp(-y) + pt * Math.exp(-eta)) / sqrtS
      if (x1 >= 1 || x2 >= 1) continue
      const s = x1 * x2 * sqrtS * sqrtS
      const fromFirst = -x1 * sqrtS * pt * Math.exp(-eta)
      const fromSecond = -x2 * sqrtS * pt * Math.exp(eta)
      const [f1, f2] = [x1, x2].map((x) => pdf.xfxQ2All(x, scale * scale).slice())
      const density = (f: Float64Array, id: number) => f[partonIndex(id as PartonId)]
      for (const id of [-5, -4, -3, -2, -1, 1, 2, 3, 4, 5]) {
        const both = density(f1, id) * density(f2, -id)
        sum += (both * annihilation(s, fromFirst, fromSecond)) / s ** 2
        // t is that of the incoming gluon and the outgoing quark.
        sum += (density(f1, 21) * density(f2, id) * compton(s, fromFirst, fromSecond)) / s ** 2
        sum += (density(f1, id) * density(f2, 21) * compton(s, fromSecond, fromFirst)) / s ** 2
      }
    }
  const expected = (gev2ToPb * 2 * pt * sum * (8 / steps)) / (16 * Math.PI)
  const found = createJetDensity(hard, jetRule, kernel)(pt, absEta)
  expect(Math.abs(found / expected - 1)).toBeLessThan(1e-4)
})

it('finer rules change it little', () => {
  const at = (over: Partial<typeof jetRule>) =>
    createJetDensity(vector(500, {}, ', Zp > chi chi~'), { ...jetRule, ...over }, kernel)(250, 2)
  const [coarse, fine] = [at({}), at({ rapidity: 24, virtuality: 48 })]
  expect(Math.abs(coarse / fine - 1)).toBeLessThan(1e-3)
})

it('along a narrow line shape it is that on the shell, times the branching', () => {
  const narrow = vector(500, { gchi: 0.01 }, ', Zp > chi chi~')
  const [share] = narrow.resonances
  const found = createJetDensity(narrow, jetRule, kernel)(300, 0.5)
  // 0.01² of dark matter beside six quarks of 0.25²: width 16 GeV, so the shell is meant to some percent.
  const onShell = createJetDensity(vector(500), jetRule, kernel)(300, 0.5)
  expect(share?.width).toBeLessThan(20)
  const branching = 0.01 ** 2 / (0.01 ** 2 + 3 * 6 * 0.25 ** 2)
  expect(Math.abs(found / (onShell * branching) - 1)).toBeLessThan(0.1)
})

it('the grid covers the cut plane', () => {
  const grid = jetGrid({ ptMin: 200, absEtaMax: 2.4 }, sqrtS)
  const area = grid.weights.reduce((sum, weight) => sum + weight, 0)
  expect(area).toBeCloseTo((6500 - 200) * 2.4, 4)
  expect(() => jetGrid({ ptMin: 0, absEtaMax: 2.4 }, sqrtS)).toThrow(/pT = 0 GeV/)
})

it('two jets and no boson have none', () => {
  const gluinos = modelProcess(sampleModels['gluino-m1000-dm300'], { pdf, sqrtS, kernel })
  expect(() => createJetDensity(gluinos, jetRule, kernel)).toThrow(/not one boson and one light/)
})
