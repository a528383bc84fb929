import { defaultMasses } from '../../physics/top-pair/parameters.ts'
import { partonicTerms } from '../../physics/top-pair/partonic-report.ts'
import { numberOption } from '../arguments.ts'
import type { Command } from '../command.ts'
import { dipoleOption, dipoleScale } from '../dipole-option.ts'

export const ttbarPartonicCommand: Command = {
  summary: 'spin density and dsigma/dcos [pb] of every term of q qbar, g g -> t tbar at one point',
  options: {
    'sqrts-hat': { help: 'partonic energy [GeV], above 2 m_t = 345' },
    cos: { help: 'cosine of the angle between top and quark' },
    'alpha-s': { default: '0.118', help: 'strong coupling' },
    'm-top': { default: String(defaultMasses.mTop), help: 'top mass [GeV]' },
    ...dipoleOption,
  },
  run: async (options) => {
    const parameters = {
      ...defaultMasses,
      mTop: numberOption(options, 'm-top'),
      alphaS: numberOption(options, 'alpha-s'),
    }
    const sqrtSHatGeV = numberOption(options, 'sqrts-hat')
    const cos = numberOption(options, 'cos')
    const { convention, factor } = dipoleScale(options, parameters.alphaS)
    const terms = partonicTerms(parameters, sqrtSHatGeV, cos, factor)
    return { sqrtSHatGeV, cos, parameters, ctG: convention, terms }
  },
}
