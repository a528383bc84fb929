import { defaultClassifier, defaultEvaluation } from '../analysis/drell-yan/classification/class-setup.ts'
import type { Classifier, ClassifierNetworks } from '../analysis/drell-yan/classification/classifier.ts'
import { evaluateClassifier, type ClassReport } from '../analysis/drell-yan/classification/evaluate.ts'
import { gallery, galleryUniverses, type Gallery } from '../analysis/drell-yan/classification/gallery.ts'
import { trainMember } from '../analysis/drell-yan/classification/train-member.ts'
import { finish } from '../analysis/drell-yan/corpus.ts'
import type { DatasetHeader } from '../analysis/job-map.ts'
import { toCard } from '../analysis/load-classifier.ts'
import type { ClassifierConfig, ClassifierMethod } from '../ml/classifier/classifier-config.ts'
import { writeClassifierFiles, type ClassifierCard } from '../ml/classifier/classifier-files.ts'
import { writeFiles } from './files.ts'

export interface ClassifierToTrain {
  id: string
  title: string
  description: string
  method: ClassifierMethod
  classes: number
  seed: number
  steps?: number
}

/** Trains all members one after the other, calibrates and scores. */
export async function trainClassifierNetworks(
  header: DatasetHeader,
  { method, classes, seed, steps }: Pick<ClassifierToTrain, 'method' | 'classes' | 'seed' | 'steps'>,
  log: (line: string) => void,
  evaluation: Partial<typeof defaultEvaluation> = {},
): Promise<{ classifier: Classifier; report: ClassReport; gallery: Gallery }> {
  const known = gallery(header, galleryUniverses(header, classes))
  const config: ClassifierConfig = {
    ...defaultClassifier(method, known.universes.length, seed),
    ...(steps === undefined ? {} : { steps }),
  }
  const { model, manifest } = header
  const members: Float32Array[] = []
  for (let member = 0; member < config.members; member++) {
    const run = trainMember({ model, order: manifest.order, gallery: known, latent: null, config, member })
    for (;;) {
      const next = await run.next()
      if (next.done) {
        members.push(next.value)
        break
      }
      const { step, steps: all, loss } = next.value
      if (step % 500 === 0 || step === all)
        log(`member ${member + 1}, step ${step}: loss ${loss.toPrecision(4)}`)
    }
  }
  const networks: ClassifierNetworks = { config, universes: known.universes, latent: null, members }
  return { ...(await scoreNetworks(header, known, networks, evaluation)), gallery: known }
}

/** Calibration and scores of networks, as the page computes them. */
export async function scoreNetworks(
  header: DatasetHeader,
  known: Gallery,
  networks: ClassifierNetworks,
  evaluation: Partial<typeof defaultEvaluation> = {},
): Promise<{ classifier: Classifier; report: ClassReport }> {
  const options = { ...defaultEvaluation, ...evaluation, order: header.manifest.order }
  const { calibration, report } = finish(evaluateClassifier(header.model, known, networks, options))
  return { classifier: { ...networks, calibration }, report }
}

/** Trains one classifier and writes its card and weights into a folder. */
export async function trainClassifierAndWrite(
  spec: ClassifierToTrain,
  header: DatasetHeader,
  folder: string,
  log: (line: string) => void,
): Promise<{ id: string; metrics: ClassifierCard['metrics'] }> {
  const { classifier, report } = await trainClassifierNetworks(header, spec, log)
  const { temperature, sets, none, rows } = classifier.calibration
  const metrics = cardMetrics(report)
  const files = await writeClassifierFiles(
    {
      id: spec.id,
      title: spec.title,
      description: spec.description,
      features: header.model.templates.sm.length,
      universes: [...classifier.universes],
      training: classifier.config,
      calibration: { temperature, sets: { lac: toCard(sets.lac), aps: toCard(sets.aps) }, none, rows },
      dataset: { id: header.manifest.id, manifestSha256: header.manifestHash },
      metrics,
      engine: 'kernels',
      date: new Date().toISOString().slice(0, 10),
    },
    classifier.members,
  )
  writeFiles(folder, [
    { name: 'card.json', bytes: files.card },
    { name: 'weights.bin', bytes: files.weights },
  ])
  return { id: spec.id, metrics }
}

/** The numbers of a card, each with what it is to be compared with. */
function cardMetrics({ scores, none, rows, classes, coverage }: ClassReport): ClassifierCard['metrics'] {
  const on = `${rows} replicas of ${classes} classes that no training saw`
  const metrics: ClassifierCard['metrics'] = {}
  const names = { learned: '', 'temperature-scaled': 'scaled-', exact: 'exact-' }
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
    if (name !== 'exact')
      metrics[`${prefix}kl`] = { ...kl, description: `KL(exact posterior || ${name}) [nats] on ${on}` }
  }
  for (const { kind, spectra, learned, chi2 } of none) {
    const what = `of "none of these" for ${spectra} spectra: ${kind}; distance to the nearest class has ${chi2.auroc.value.toFixed(3)}`
    metrics[`none-auroc-${kind.replaceAll(' ', '-')}`] = { ...learned.auroc, description: `AUROC ${what}` }
  }
  return metrics
}
