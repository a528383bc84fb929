import { a4Agreement } from '../analysis/a4/a4-agreement.ts'
import { smallestFraction } from '../analysis/a4/answer-a4.ts'
import { compareA4 } from '../analysis/a4/a4-comparison.ts'
import { cmsA4 } from '../analysis/a4/cms-a4.ts'
import { partOfA4 } from '../analysis/a4/part-of-a4.ts'
import { combinedReach, type Reach } from '../analysis/a4/combined-reach.ts'
import { spectrumChi2 } from '../analysis/a4/spectrum-chi2.ts'
import { finish } from '../analysis/corpus.ts'
import { AppError } from '../../../errors.ts'
import { effectiveAtZ } from '../../../physics/drell-yan/amplitude.ts'
import { operatorIndex, operatorNames } from '../../../physics/smeft/operators.ts'
import { defineCommand } from '../../../cli/command.ts'
import { datasetOption } from '../../../cli/folder-options.ts'
import { coefficientRange, massRange } from '../../../cli/options/ranges.ts'
import { pdfFromOption, pdfOption, tellPdf } from '../../../cli/pdf-option.ts'
import { openDatasetFolder } from './open-files.ts'

export const measuredA4Command = defineCommand({
  summary: `CMS A4 of Drell-Yan pairs in 63 bins of mass and |y| beside leading order (sin^2(theta) = ${effectiveAtZ.sin2} in the Z couplings of the SM): chi2 with its correlations, pulls, and what it resolves with m_ll`,
  options: {
    coefficients: {
      kind: 'pairs',
      what: 'coefficient',
      names: Object.fromEntries(operatorNames.map((name) => [name, coefficientRange])),
      help: 'C / Lambda^2 of the universe, e.g. clq3=0.01,cHWB=-0.02; absent: the SM',
    },
    order: {
      kind: 'choice',
      choices: ['linear', 'quadratic'] as const,
      default: 'linear',
      help: 'of forward and backward counts in the coefficients',
    },
    'y-window': {
      kind: 'numbers',
      least: 2,
      most: 2,
      min: 0,
      max: 20,
      help: 'lo,hi of |y|: the measured bins that lie within it; absent: all',
    },
    'm-window': {
      kind: 'numbers',
      least: 2,
      most: 2,
      ...massRange,
      help: 'lo,hi of mass: the measured bins that lie within it; absent: all',
    },
    pdf: pdfOption,
    'pdf-also': {
      kind: 'files',
      what: 'PDF grid',
      help: 'other sets, whose difference to --pdf is a further fully correlated uncertainty each',
    },
    data: {
      ...datasetOption,
      default: 'cms-dy-13tev-43',
      help: 'the measured m_ll spectrum beside it: shipped dataset id, or a folder with manifest.json',
    },
  },
  run: async (options, log) => {
    const {
      universeModel,
      whitenedLinear,
      measurement: spectrum,
      manifest,
    } = await openDatasetFolder(options.data)
    if (!spectrum)
      throw new AppError(
        'input/invalid',
        `--data ${options.data} holds no measured spectrum, only simulated ones. Take cms-dy-13tev-43, or one of your own.`,
      )
    const chosen = partOfA4(cmsA4(), { absY: options['y-window'], mass: options['m-window'] })
    const open = (path: string) => tellPdf(pdfFromOption(path, smallestFraction), log)
    const comparison = finish(compareA4(chosen, open(options.pdf), (options['pdf-also'] ?? []).map(open)))
    const coefficients = new Float64Array(operatorNames.length)
    for (const [name, value] of Object.entries(options.coefficients ?? {}))
      coefficients[operatorIndex(name)] = value
    const { measurement, sources, pdf } = comparison
    const agreement = a4Agreement(comparison, coefficients, options.order)
    const reach = combinedReach(whitenedLinear, comparison.whitenedLinear)
    return {
      measurement: measurement.title,
      citation: measurement.citation,
      theory: `leading order, ${pdf.id}, full phase space, fixed width, sin^2(theta) = ${effectiveAtZ.sin2} and 1/alpha = ${effectiveAtZ.inverseAlpha} in the SM couplings`,
      coefficients: Object.fromEntries(operatorNames.map((name, i) => [name, coefficients[i]])),
      chi2: {
        a4: { value: agreement.chi2, degreesOfFreedom: agreement.degreesOfFreedom, p: agreement.pValue },
        a4WithoutTheoryErrors: agreement.chi2Published,
        a4WithoutCorrelations: agreement.pulls.reduce((sum, pull) => sum + pull * pull, 0),
        mll: { data: manifest.id, ...spectrumChi2(universeModel, spectrum, coefficients, options.order) },
      },
      theoryErrors: sources.map(({ name, shift }) => ({ name, shift: [...shift] })),
      bins: measurement.bins.map(({ absY, mass }, b) => ({
        ...{ absY, mass, measured: measurement.value[b], error: measurement.error[b] },
        ...{ theory: agreement.theory[b], pull: agreement.pulls[b] },
      })),
      unit: 'reach in TeV^-2 (singular values TeV^2), linear theory at the SM',
      reach: { mll: reachReport(reach.mll), a4: reachReport(reach.a4), both: reachReport(reach.both) },
    }
  },
})

function reachReport({ bins, rank, resolved, singularValues, single }: Reach) {
  return {
    bins,
    rank,
    /** directions known better than 1 TeV^-2 */
    resolved,
    singularValues: [...singularValues.subarray(0, rank)],
    /** null: not measured at all */
    sigmaAlone: Object.fromEntries(
      operatorNames.map((name, o) => [name, single[o] < 1e6 ? single[o] : null]),
    ),
  }
}
