import { AppError } from '../../errors.ts'
import { observableNames } from '../../physics/drell-yan/spectrum-templates.ts'
import { spectrumReport } from '../../physics/drell-yan/spectrum-report.ts'
import { computeTemplates } from '../../physics/drell-yan/templates.ts'
import { choiceOption, numberOption, numbersOption, required } from '../arguments.ts'
import type { Command } from '../command.ts'
import { pdfFromOption } from '../pdf-option.ts'

export const spectrumCommand: Command = {
  summary: 'leading-order SM, linear and quadratic spectra of pp -> l+ l-, pb per bin, Lambda = 1 TeV',
  options: {
    observable: { default: 'mll', help: 'mll or pt (muon transverse momentum)' },
    sqrts: { default: '13000', help: 'collision energy [GeV]' },
    scheme: { default: 'MW', help: 'electroweak inputs: MW or alpha' },
    pdf: { default: 'default', help: 'default, or the path of an LHAPDF .dat file' },
    mu: { default: 'mll', help: 'factorisation scale: mll, or a number [GeV]' },
    edges: { help: 'bin edges [GeV], comma-separated' },
    fiducial: { help: 'ptmin,etamax on both leptons; absent: full phase space' },
    'width-shift': { flag: true, help: 'let the Z width follow the coefficients' },
  },
  run: async (options) => {
    const name =
      choiceOption(options, 'observable', ['mll', 'pt', ...observableNames]) === 'mll' ? 'mll' : 'ptl'
    const edges = numbersOption(options, 'edges')
    const sqrtS = numberOption(options, 'sqrts')
    const cuts = options.fiducial === undefined ? null : numbersOption(options, 'fiducial')
    if (cuts && cuts.length !== 2)
      throw new AppError('input/invalid', `--fiducial needs ptmin,etamax, got ${cuts.length} numbers.`)
    const lowest = name === 'mll' ? edges[0] : 10
    const templates = computeTemplates({
      observables: [{ name, edges }],
      pdf: pdfFromOption(required(options, 'pdf'), (lowest / sqrtS) ** 2),
      sqrtS,
      scheme: choiceOption(options, 'scheme', ['MW', 'alpha']),
      muF: options.mu === 'mll' ? 'mll' : numberOption(options, 'mu'),
      cuts: cuts && { ptMin: cuts[0], absEtaMax: cuts[1] },
      widthShift: options['width-shift'] === 'true',
      scaleVariations: false,
    })
    return spectrumReport(templates, name)
  },
}
