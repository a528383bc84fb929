import { defaultMasses } from '../../../physics/top-pair/parameters.ts'
import { partonicTerms } from '../../../physics/top-pair/partonic-report.ts'
import { defineCommand } from '../../../cli/command.ts'
import { dipoleOption, dipoleScale } from './dipole-option.ts'
import { strongCouplingRange } from '../../../cli/options/ranges.ts'

export const ttbarPartonicCommand = defineCommand({
  summary: 'spin density and dsigma/dcos [pb] of every term of q qbar, g g -> t tbar at one point',
  options: {
    'sqrts-hat': {
      kind: 'number',
      min: 100,
      max: 1e7,
      unit: 'GeV',
      required: true,
      help: 'partonic energy, above 2 m_t = 345 GeV',
    },
    cos: {
      kind: 'number',
      min: -1,
      max: 1,
      required: true,
      help: 'cosine of the angle between top and quark',
    },
    'alpha-s': { kind: 'number', ...strongCouplingRange, default: '0.118', help: 'strong coupling' },
    'm-top': {
      kind: 'number',
      min: 10,
      max: 1000,
      unit: 'GeV',
      default: String(defaultMasses.mTop),
      help: 'top mass, above that of the W',
    },
    ...dipoleOption,
  },
  run: async (options) => {
    const parameters = {
      ...defaultMasses,
      mTop: options['m-top'],
      alphaS: options['alpha-s'],
    }
    const { 'sqrts-hat': sqrtSHatGeV, cos } = options
    const { convention, factor } = dipoleScale(options, parameters.alphaS)
    const terms = partonicTerms(parameters, sqrtSHatGeV, cos, factor)
    return { sqrtSHatGeV, cos, parameters, ctG: convention, terms }
  },
})
