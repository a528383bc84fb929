import { expect, it } from 'vitest'
import { electroweak } from '../electroweak.ts'
import { operatorIndex } from '../smeft/operators.ts'
import { amplitudeCount, amplitudeModel, chiralities, fillAmplitudes } from './amplitude.ts'

const re = new Float64Array(amplitudeCount)
const im = new Float64Array(amplitudeCount)

// SM amplitudes in 1e-9 GeV^-2, MW scheme; reference calculation of the notes, itself checked against the SMEFTsim 3 UFO.
it.each([
  [300, 'u', [-1358.00483, -177.82737, -427.29802, -926.23932], [1.82213, -1.46523, -0.77034, 0.61945]],
  [300, 'd', [1144.35582, -285.29229, 213.64901, 463.11966], [-2.2073, 1.77496, 0.38517, -0.30973]],
  [1000, 'u', [-117.2295, -20.01784, -40.56683, -81.66481], [0.01236, -0.00994, -0.00523, 0.0042]],
  [1000, 'd', [96.94608, -20.81457, 20.28341, 40.83241], [-0.01498, 0.01204, 0.00261, -0.0021]],
] as const)('SM amplitudes at %s GeV, %s quarks', (m, quark, real, imaginary) => {
  const model = amplitudeModel(electroweak('MW'))
  chiralities.forEach((_, chirality) => {
    fillAmplitudes(model, quark === 'u' ? 0 : 1, chirality, m * m, re, im)
    expect(Math.abs(re[0] * 1e9 - real[chirality])).toBeLessThan(6e-6)
    expect(Math.abs(im[0] * 1e9 - imaginary[chirality])).toBeLessThan(6e-6)
  })
})

it('SMEFT amplitude with its width shift is the derivative of the propagator', () => {
  const ew = electroweak('MW')
  const at = operatorIndex('cHq3') + 1
  const fixed = amplitudeModel(ew)
  const moving = amplitudeModel(ew, { widthShift: true })
  const s = 92 ** 2
  fillAmplitudes(fixed, 0, 0, s, re, im)
  const [re0, im0] = [re[at], im[at]]
  fillAmplitudes(moving, 0, 0, s, re, im)
  const extra = [re[at] - re0, im[at] - im0]
  // numerically: SM amplitudes with Gamma (1 +- h dGamma/Gamma)
  const shift = moving.coefficients[4 * at + 3] / moving.coefficients[1]
  const h = 1e-4
  const side = (sign: number) => {
    const inputs = { ...ew.inputs, widthZ: ew.inputs.widthZ * (1 + sign * h * shift) }
    fillAmplitudes(amplitudeModel(electroweak('MW', inputs)), 0, 0, s, re, im)
    return [re[0], im[0]]
  }
  const [up, down] = [side(1), side(-1)]
  extra.forEach((value, i) =>
    expect(Math.abs(value - (up[i] - down[i]) / (2 * h))).toBeLessThan(1e-9 * Math.hypot(...extra)),
  )
})
