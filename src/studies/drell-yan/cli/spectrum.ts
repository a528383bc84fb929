import { AppError } from '../../../errors.ts'
import { effectiveAtZ, zWidths } from '../../../physics/drell-yan/amplitude.ts'
import { mostLogarithm } from '../../../physics/drell-yan/photon-radiation.ts'
import { qcdOrders } from '../../../physics/drell-yan/qcd-order.ts'
import type { TemplateRequest } from '../../../physics/drell-yan/template-request.ts'
import type { ObservableBins } from '../../../physics/drell-yan/spectrum-templates.ts'
import { asymmetryReport, spectrumReport } from '../../../physics/drell-yan/spectrum-report.ts'
import { computeTemplates } from '../../../physics/drell-yan/templates.ts'
import { defineCommand } from '../../../cli/command.ts'
import { collisionEnergyRange, massRange, scaleRange } from '../../../cli/options/ranges.ts'
import { formalWords } from '../analysis/qcd-order-words.ts'
import { refuseOutputs, spectrumOutputs, writeSpectrum, type PdfErrors } from './spectrum-output.ts'
import { centralMember, pdfMembers, type PdfMembers } from '../../../cli/pdf-members.ts'
import { pdfFromOption, pdfOption, tellPdf } from '../../../cli/pdf-option.ts'
import { memberErrors } from '../../../statistics/members/member-errors.ts'

const observables = ['mll', 'pt', 'ptl', 'afb'] as const
const schemes = ['MW', 'alpha'] as const
const multiples = { min: 0.1, max: 10 }

export const spectrumCommand = defineCommand({
  summary:
    'SM, linear and quadratic spectra of pp -> l+ l-, at leading order or of mll at next-to-leading order of QCD, pb per bin, Lambda = 1 TeV',
  options: {
    observable: {
      kind: 'choice',
      choices: observables,
      default: 'mll',
      help: 'mass of the pair, transverse momentum of the muon (pt and ptl are the same), or forward and backward pairs in bins of mass with their asymmetry',
    },
    sqrts: { kind: 'number', ...collisionEnergyRange, default: '13000', help: 'collision energy' },
    scheme: { kind: 'choice', choices: schemes, default: 'MW', help: 'electroweak inputs' },
    pdf: {
      ...pdfOption,
      folderToo: true,
      help: `${pdfOption.help}; or the folder of a set`,
    },
    'pdf-errors': {
      kind: 'flag',
      help: 'one standard deviation up and down of the SM from the error members of the set: Hessian, symmetric Hessian or replicas, as its .info says; for mll and pt',
    },
    mu: { kind: 'number', or: ['mll'], ...scaleRange, default: 'mll', help: 'scale of mu_F and mu_R' },
    order: {
      kind: 'choice',
      choices: qcdOrders,
      default: 'lo',
      help: 'of QCD; nlo for mll in full phase space, with its kFactor over lo beside it, from a set of densities that brings its alpha_s (.info beside --pdf) and was itself fitted at nlo',
    },
    'mu-f': { kind: 'number', ...multiples, default: '1', help: 'mu_F in units of --mu' },
    'mu-r': { kind: 'number', ...multiples, default: '1', help: 'mu_R in units of --mu, for --order nlo' },
    edges: {
      kind: 'numbers',
      least: 2,
      most: 1001,
      ...massRange,
      required: true,
      help: 'rising bin edges',
    },
    'y-edges': {
      kind: 'numbers',
      least: 2,
      most: 101,
      min: 0,
      max: 20,
      help: 'rising edges of |y| of the pair, for --observable afb; values then run over masses, then over |y|. Absent: any |y|',
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
    width: {
      kind: 'choice',
      choices: zWidths,
      default: 'fixed',
      help: "of the Z's propagator: data are described by the running one",
    },
    radiation: {
      kind: 'number',
      min: 0,
      max: mostLogarithm,
      help: 'photons radiated by the leptons, L = ln(m^2/m_l^2) - 1: 12.5 for bare muons at the Z, 5 for a cone of .1. For mll in full phase space; absent: none',
    },
    effective: {
      kind: 'flag',
      help: `sin^2(theta) = ${effectiveAtZ.sin2} in the Z couplings of the SM and 1/alpha = ${effectiveAtZ.inverseAlpha}, as measured asymmetries want them`,
    },
    'width-shift': { kind: 'flag', help: 'let the Z width follow the coefficients' },
    ...spectrumOutputs,
  },
  run: async (options, log, texts) => {
    const { observable, edges, radiation } = options
    const name = observable === 'pt' ? 'ptl' : observable
    const asked = observablesOf(name, edges, options['y-edges'])
    const sqrtS = options.sqrts
    const window = massWindow(options['m-window'], name)
    const cuts = options.fiducial ?? null
    if (options.order === 'lo' && options['mu-r'] !== 1)
      throw new AppError(
        'input/invalid',
        `--mu-r ${options['mu-r']} changes nothing at leading order, which has no alpha_s. Add --order nlo.`,
      )
    const lowest = name === 'ptl' ? (window?.[0] ?? 10) : edges[0]
    const pdf = tellPdf(pdfFromOption(centralMember(options.pdf), (lowest / sqrtS) ** 2), log)
    if (options.order === 'nlo' && pdf.orderQcd === 0) log(formalWords(pdf))
    const request: TemplateRequest = {
      observables: asked,
      pdf,
      sqrtS,
      mllRange: window,
      scheme: options.scheme,
      muF: options.mu,
      order: options.order,
      scaleFactors: { muF: options['mu-f'], muR: options['mu-r'] },
      cuts: cuts && { ptMin: cuts[0], absEtaMax: cuts[1] },
      widthShift: options['width-shift'],
      scaleVariations: false,
      width: options.width,
      ...(radiation !== undefined && { radiation: { logarithm: radiation } }),
      ...(options.effective && { effective: effectiveAtZ }),
    }
    if (name === 'afb') refuseOutputs(options)
    const set = options['pdf-errors'] ? pdfMembers(options.pdf) : null
    if (set && name === 'afb')
      throw new AppError(
        'input/invalid',
        '--pdf-errors makes errors of cross-sections. Ask for --observable mll or pt.',
      )
    const templates = computeTemplates(request)
    if (name === 'afb') return asymmetryReport(templates, options['y-edges'])
    const central = spectrumReport(templates, name)
    const report = set ? { ...central, pdfErrors: errorsOf(set, request, name, central.sm) } : central
    await writeSpectrum(options, name, report, sqrtS, texts)
    const { leading } = templates
    return leading ? { ...report, order: 'nlo', kFactor: report.sm.map((sm, b) => sm / leading[b]) } : report
  },
})

/** pb per bin, around the mean of replicas and the central member of others. */
function errorsOf(
  { id, rule, members }: PdfMembers,
  request: TemplateRequest,
  name: 'mll' | 'ptl',
  central: readonly number[],
): PdfErrors {
  const shifted: number[][] = []
  for (const pdf of members()) shifted.push(spectrumReport(computeTemplates({ ...request, pdf }), name).sm)
  const { centre, up, down } = memberErrors(rule, central, shifted)
  return {
    ...{ set: id, kind: rule.kind, members: rule.core },
    ...{ centre: [...centre], up: [...up], down: [...down] },
  }
}

function observablesOf(
  name: 'mll' | 'ptl' | 'afb',
  edges: number[],
  yEdges: number[] | undefined,
): ObservableBins[] {
  if (name !== 'afb') {
    if (yEdges) throw new AppError('input/invalid', `--y-edges belongs to --observable afb, not to ${name}.`)
    return [{ name, edges }]
  }
  const ranges = yEdges?.slice(1).map((high, i): [number, number] => [yEdges[i], high]) ?? [undefined]
  return ranges.flatMap((absY) =>
    (['forward', 'backward'] as const).map((side) => ({ name: side, edges, ...(absY && { absY }) })),
  )
}

function massWindow(
  window: number[] | undefined,
  observable: 'mll' | 'ptl' | 'afb',
): [number, number] | undefined {
  if (window === undefined) return undefined
  if (observable !== 'ptl')
    throw new AppError(
      'input/invalid',
      `--m-window belongs to --observable pt; the masses of ${observable} are those of its --edges.`,
    )
  if (!(window[0] > 0 && window[1] > window[0]))
    throw new AppError(
      'input/invalid',
      `--m-window needs two rising positive masses lo,hi [GeV], got ${window.join(',')}.`,
    )
  return [window[0], window[1]]
}
