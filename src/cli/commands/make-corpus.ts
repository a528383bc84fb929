import { AppError } from '../../errors.ts'
import { makeCorpus } from '../../analysis/drell-yan/corpus.ts'
import { defaultSetup, type DatasetSetup } from '../../analysis/drell-yan/setup.ts'
import { choiceOption, numberOption, required } from '../arguments.ts'
import type { Command } from '../command.ts'
import { writeFiles } from '../files.ts'
import { pdfFromOption } from '../pdf-option.ts'

export const makeCorpusCommand: Command = {
  summary: 'a corpus of universes and replicas on the default bins, as .npy files and a manifest',
  options: {
    out: { help: 'folder to write' },
    id: { default: 'my-corpus', help: 'dataset id: lower-case letters, digits, dashes' },
    sqrts: { default: String(defaultSetup.sqrtSGeV), help: 'collision energy [GeV]' },
    scheme: { default: defaultSetup.scheme, help: 'MW or alpha' },
    pdf: { default: 'default', help: 'default, or the path of an LHAPDF .dat file' },
    mu: { default: 'mll', help: 'factorisation scale: mll, or a number [GeV]' },
    ptmin: { default: String(defaultSetup.ptMinGeV), help: 'muon p_T cut [GeV]' },
    etamax: { default: String(defaultSetup.absEtaMax), help: 'muon |eta| cut' },
    'width-shift': { flag: true, help: 'let the Z width follow the coefficients' },
    luminosity: { default: String(defaultSetup.luminosityInvFb), help: 'integrated luminosity [fb^-1]' },
    scale: { default: defaultSetup.scale, help: 'scale uncertainty: lo, nnlo-like or none' },
    universes: { default: String(defaultSetup.universes), help: 'number of universes, the SM included' },
    replicas: { default: String(defaultSetup.replicasPerUniverse), help: 'replicas per universe' },
    sigmas: { default: String(defaultSetup.priorSigmas), help: 'prior half width in single-operator sigmas' },
    seed: { default: String(defaultSetup.seed), help: 'seed' },
  },
  run: async (options, log) => {
    const setup: DatasetSetup = {
      sqrtSGeV: numberOption(options, 'sqrts'),
      scheme: choiceOption(options, 'scheme', ['MW', 'alpha']),
      muF: options.mu === 'mll' ? 'mll' : numberOption(options, 'mu'),
      ptMinGeV: numberOption(options, 'ptmin'),
      absEtaMax: numberOption(options, 'etamax'),
      widthShift: options['width-shift'] === 'true',
      luminosityInvFb: numberOption(options, 'luminosity'),
      scale: choiceOption(options, 'scale', ['lo', 'nnlo-like', 'none']),
      universes: countOption(options, 'universes'),
      replicasPerUniverse: countOption(options, 'replicas'),
      priorSigmas: numberOption(options, 'sigmas'),
      seed: numberOption(options, 'seed'),
    }
    if (!(setup.priorSigmas > 0))
      throw new AppError(
        'input/invalid',
        `--sigmas is ${setup.priorSigmas}, must be > 0: a prior of no width holds one universe only.`,
      )
    const folder = required(options, 'out')
    const pdf = pdfFromOption(required(options, 'pdf'), (50 / setup.sqrtSGeV) ** 2)
    const { manifest, files } = await makeCorpus(setup, pdf, required(options, 'id'))
    writeFiles(folder, files)
    log(`${files.length} files in ${folder}`)
    return { id: manifest.id, folder, files: files.map(({ name, bytes }) => ({ name, bytes: bytes.length })) }
  },
}

function countOption(options: Record<string, string | undefined>, name: string): number {
  const value = numberOption(options, name)
  if (!Number.isInteger(value) || value < 1)
    throw new AppError('input/invalid', `--${name} is ${value}, must be a whole number >= 1.`)
  return value
}
