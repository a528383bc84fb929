import { makeCorpus } from '../analysis/corpus.ts'
import { binnings, defaultSetup, type DatasetSetup } from '../analysis/setup.ts'
import { setupBins } from '../analysis/setup-bins.ts'
import { formalWords, orderComplaint } from '../analysis/qcd-order-words.ts'
import { AppError } from '../../../errors.ts'
import { setupSchema } from '../intent.ts'
import { qcdOrders } from '../../../physics/drell-yan/qcd-order.ts'
import { densityDigest } from '../../../physics/pdf/density-digest.ts'
import { defineCommand } from '../../../cli/command.ts'
import { checkFolderContent } from '../../../cli/check-folder-content.ts'
import { writeFiles } from '../../../cli/files.ts'
import type { Option } from '../../../cli/options/option.ts'
import { rangeOf } from '../../../cli/options/ranges.ts'
import { pdfFromOption, pdfOption, tellPdf } from '../../../cli/pdf-option.ts'
import { resumable, resumeOptions } from '../../../cli/resumable-run.ts'

const schemes = ['MW', 'alpha'] as const
const scaleErrors = ['lo', 'nnlo-like', 'none'] as const

/** Fields of a set-up that are numbers, with the range and default of the page. */
type NumberField =
  | 'sqrtSGeV'
  | 'ptMinGeV'
  | 'absEtaMax'
  | 'luminosityInvFb'
  | 'universes'
  | 'replicasPerUniverse'
  | 'priorSigmas'
  | 'seed'

function number(field: NumberField, help: string, unit?: string) {
  return {
    kind: 'number',
    ...rangeOf(setupSchema.shape[field], unit),
    default: String(defaultSetup[field]),
    help,
  } as const satisfies Option
}

export const makeCorpusCommand = defineCommand({
  summary: 'a corpus of universes and replicas, as .npy files and a manifest',
  options: {
    out: { kind: 'output', what: 'folder', required: true, help: 'where the dataset is written' },
    id: { kind: 'id', default: 'my-corpus', help: 'of the dataset' },
    sqrts: number('sqrtSGeV', 'collision energy', 'GeV'),
    spectra: {
      kind: 'choice',
      choices: binnings,
      default: defaultSetup.bins,
      help: 'what is counted: m_ll and p_T of the muon; m_ll of forward and backward pairs, at any |y| or in bins of it; m_ll in full phase space, without cuts',
    },
    'y-edges': {
      kind: 'numbers',
      least: 1,
      most: 13,
      min: 0,
      max: 20,
      help: `rising edges of |y| of the pair, for --spectra mll-y-fb; absent: ${defaultSetup.yEdges.join(',')}`,
    },
    order: {
      kind: 'choice',
      choices: qcdOrders,
      default: defaultSetup.qcdOrder,
      help: 'of QCD; nlo for --spectra mll, from a set of densities that brings its alpha_s (.info beside --pdf)',
    },
    scheme: { kind: 'choice', choices: schemes, default: defaultSetup.scheme, help: 'electroweak inputs' },
    pdf: pdfOption,
    mu: {
      kind: 'number',
      or: ['mll'],
      ...rangeOf(setupSchema.shape.muF.unwrap().options[1], 'GeV'),
      default: 'mll',
      help: 'factorisation scale',
    },
    ptmin: number('ptMinGeV', 'muon p_T cut', 'GeV'),
    etamax: number('absEtaMax', 'muon |eta| cut'),
    'width-shift': { kind: 'flag', help: 'let the Z width follow the coefficients' },
    luminosity: number('luminosityInvFb', 'integrated luminosity', 'fb^-1'),
    scale: {
      kind: 'choice',
      choices: scaleErrors,
      default: defaultSetup.scale,
      help: 'scale uncertainty',
    },
    universes: number('universes', 'universes, the SM included'),
    replicas: number('replicasPerUniverse', 'replicas per universe'),
    sigmas: number('priorSigmas', 'prior half width in single-operator sigmas'),
    seed: number('seed', 'equal seeds give equal files'),
    ...resumeOptions,
  },
  run: async (options, log, texts) => {
    const setup: DatasetSetup = {
      sqrtSGeV: options.sqrts,
      bins: options.spectra,
      yEdges: options['y-edges'] ?? defaultSetup.yEdges,
      qcdOrder: options.order,
      scheme: options.scheme,
      muF: options.mu,
      ptMinGeV: options.ptmin,
      absEtaMax: options.etamax,
      widthShift: options['width-shift'],
      luminosityInvFb: options.luminosity,
      scale: options.scale,
      universes: options.universes,
      replicasPerUniverse: options.replicas,
      priorSigmas: options.sigmas,
      seed: options.seed,
    }
    if (options['y-edges'] && setup.bins !== 'mll-y-fb')
      throw new AppError(
        'input/invalid',
        `--y-edges ${options['y-edges'].join(',')} belongs to --spectra mll-y-fb, not to ${setup.bins}. Leave it out, or choose that.`,
      )
    setupBins(setup) // before the densities take their time
    const complaint = orderComplaint(setup)
    if (complaint) throw new AppError('input/invalid', complaint)
    const { id, out: folder } = options
    const pdf = tellPdf(pdfFromOption(options.pdf, (50 / setup.sqrtSGeV) ** 2), log)
    if (options.order === 'nlo' && pdf.orderQcd === 0) log(formalWords(pdf))
    checkFolderContent('out', folder, /^(manifest\.json|[a-z-]+\.npy)$/)
    const { manifest, files } = await resumable(
      {
        command: 'make-corpus',
        options,
        texts,
        rests: { 'the densities of sha256': densityDigest(pdf, 91.1876) },
      },
      log,
      async ({ stored, step }) => {
        const made = await makeCorpus(setup, pdf, id, {
          drawn: Object.hasOwn(stored, 'rows') ? floatsOf(stored.rows) : undefined,
          afterTemplates: (fraction) =>
            step({ done: Math.floor(100 * fraction), total: 100, unit: 'percent', part: 'templates' }),
          afterRows: ({ universes, of, rows }) =>
            step({ done: universes, total: of, unit: 'universe' }, () => ({
              rows: new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength),
            })),
        })
        writeFiles(folder, made.files)
        return made
      },
    )
    log(`${files.length} files in ${folder}`)
    return { id: manifest.id, folder, files: files.map(({ name, bytes }) => ({ name, bytes: bytes.length })) }
  },
})

function floatsOf(bytes: Uint8Array): Float32Array {
  return new Float32Array(bytes.slice().buffer)
}
