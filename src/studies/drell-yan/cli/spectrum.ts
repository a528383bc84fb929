import { AppError } from '../../../errors.ts'
import { observableNames, type ObservableName } from '../../../physics/drell-yan/spectrum-templates.ts'
import { spectrumReport } from '../../../physics/drell-yan/spectrum-report.ts'
import { computeTemplates } from '../../../physics/drell-yan/templates.ts'
import { defineCommand } from '../../../cli/command.ts'
import { collisionEnergyRange, massRange, scaleRange } from '../../../cli/options/ranges.ts'
import { pdfFromOption, pdfOption, tellPdf } from '../../../cli/pdf-option.ts'

const observables = ['mll', 'pt', ...observableNames.filter((name) => name !== 'mll')] as const
const schemes = ['MW', 'alpha'] as const

export const spectrumCommand = defineCommand({
  summary: 'leading-order SM, linear and quadratic spectra of pp -> l+ l-, pb per bin, Lambda = 1 TeV',
  options: {
    observable: {
      kind: 'choice',
      choices: observables,
      default: 'mll',
      help: 'mass of the pair, or transverse momentum of the muon (pt and ptl are the same)',
    },
    sqrts: { kind: 'number', ...collisionEnergyRange, default: '13000', help: 'collision energy' },
    scheme: { kind: 'choice', choices: schemes, default: 'MW', help: 'electroweak inputs' },
    pdf: pdfOption,
    mu: { kind: 'number', or: ['mll'], ...scaleRange, default: 'mll', help: 'factorisation scale' },
    edges: {
      kind: 'numbers',
      least: 2,
      most: 1001,
      ...massRange,
      required: true,
      help: 'rising bin edges',
    },
    'm-window': {
      kind: 'numbers',
      least: 2,
      most: 2,
      ...massRange,
      help: 'lo,hi of m_ll behind --observable pt; absent: from 10 GeV or twice the lowest p_T up to --sqrts',
    },
    fiducial: {
      kind: 'tuple',
      parts: [
        { name: 'ptmin', min: 0, max: 10_000, unit: 'GeV' },
        { name: 'etamax', min: 0.1, max: 10 },
      ],
      help: 'cuts on both leptons; absent: full phase space',
    },
    'width-shift': { kind: 'flag', help: 'let the Z width follow the coefficients' },
  },
  run: async (options, log) => {
    const name = options.observable === 'pt' ? 'ptl' : options.observable
    const edges = options.edges
    const sqrtS = options.sqrts
    const window = massWindow(options['m-window'], name)
    const cuts = options.fiducial ?? null
    const lowest = name === 'mll' ? edges[0] : (window?.[0] ?? 10)
    const templates = computeTemplates({
      observables: [{ name, edges }],
      pdf: tellPdf(pdfFromOption(options.pdf, (lowest / sqrtS) ** 2), log),
      sqrtS,
      mllRange: window,
      scheme: options.scheme,
      muF: options.mu,
      cuts: cuts && { ptMin: cuts[0], absEtaMax: cuts[1] },
      widthShift: options['width-shift'],
      scaleVariations: false,
    })
    return spectrumReport(templates, name)
  },
})

function massWindow(window: number[] | undefined, observable: ObservableName): [number, number] | undefined {
  if (window === undefined) return undefined
  if (observable === 'mll')
    throw new AppError(
      'input/invalid',
      '--m-window belongs to --observable pt; the masses of an m_ll spectrum are those of its --edges.',
    )
  if (!(window[0] > 0 && window[1] > window[0]))
    throw new AppError(
      'input/invalid',
      `--m-window needs two rising positive masses lo,hi [GeV], got ${window.join(',')}.`,
    )
  return [window[0], window[1]]
}
