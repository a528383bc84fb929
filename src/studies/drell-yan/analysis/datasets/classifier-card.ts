import type { ClassifierCard } from '../../../../ml/classifier/classifier-files.ts'
import type { ConformalRule } from '../../../../statistics/classification/conformal.ts'
import type { Calibration } from '../classification/calibrate.ts'
import type { ClassReport } from '../classification/evaluate.ts'

type CardRule = ClassifierCard['calibration']['sets']['lac']

export function calibrationFromCard({ sets, ...rest }: ClassifierCard['calibration']): Calibration {
  return { ...rest, sets: { lac: fromCard(sets.lac), aps: fromCard(sets.aps) } }
}

export function calibrationForCard({
  temperature,
  sets,
  none,
  rows,
}: Calibration): ClassifierCard['calibration'] {
  return { temperature, sets: { lac: toCard(sets.lac), aps: toCard(sets.aps) }, none, rows }
}

function fromCard(rule: CardRule): ConformalRule {
  return { ...rule, quantile: rule.quantile ?? Number.POSITIVE_INFINITY }
}

/** JSON has no infinity. */
function toCard(rule: ConformalRule): CardRule {
  return { ...rule, quantile: Number.isFinite(rule.quantile) ? rule.quantile : null }
}

/** The numbers of a card, each with what it is to be compared with. */
export function cardMetrics({
  scores,
  none,
  rows,
  classes,
  coverage,
}: ClassReport): ClassifierCard['metrics'] {
  const on = `${rows} replicas of ${classes} classes that no training saw`
  const metrics: ClassifierCard['metrics'] = {}
  const names = { learned: '', 'temperature-scaled': 'scaled-', Bayes: 'exact-' }
  for (const { name, accuracy, nll, brier, kl, reliability, riskCoverage, sets } of scores) {
    const prefix = names[name]
    const of = `of the ${name} probabilities on ${on}`
    metrics[`${prefix}accuracy`] = { ...accuracy, description: `accuracy ${of}` }
    metrics[`${prefix}nll`] = { ...nll, description: `negative log-likelihood [nats] ${of}` }
    metrics[`${prefix}brier`] = { ...brier, description: `Brier score ${of}` }
    metrics[`${prefix}ece`] = {
      value: reliability.ece,
      description: `expected calibration error ${of}, 15 equal-mass bins; counting alone gives ${reliability.floor.toPrecision(2)}`,
    }
    metrics[`${prefix}aurc`] = { value: riskCoverage.aurc, description: `area under risk-coverage ${of}` }
    metrics[`${prefix}set-coverage`] = {
      value: sets.lac.coverage,
      description: `coverage of LAC sets ${of}; ${coverage} is guaranteed`,
    }
    metrics[`${prefix}set-size`] = { value: sets.lac.meanSize, description: `mean size of LAC sets ${of}` }
    if (name !== 'Bayes')
      metrics[`${prefix}kl`] = { ...kl, description: `KL(Bayes posterior || ${name}) [nats] on ${on}` }
  }
  for (const { kind, spectra, learned, chi2 } of none) {
    const what = `of "none of these" for ${spectra} spectra: ${kind}; distance to the nearest class has ${chi2.auroc.value.toFixed(3)}`
    metrics[`none-auroc-${kind.replaceAll(' ', '-')}`] = { ...learned.auroc, description: `AUROC ${what}` }
  }
  return metrics
}
