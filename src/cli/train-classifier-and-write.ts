import { defaultClassifier, defaultEvaluation } from '../analysis/drell-yan/classification/class-setup.ts'
import type { Classifier, ClassifierNetworks } from '../analysis/drell-yan/classification/classifier.ts'
import { evaluateClassifier, type ClassReport } from '../analysis/drell-yan/classification/evaluate.ts'
import { gallery, galleryUniverses, type Gallery } from '../analysis/drell-yan/classification/gallery.ts'
import { trainMember } from '../analysis/drell-yan/classification/train-member.ts'
import { finish } from '../analysis/drell-yan/corpus.ts'
import type { DatasetHeader } from '../analysis/job-map.ts'
import { exportClassifier } from '../analysis/classifier-bundle.ts'
import type { ClassifierConfig, ClassifierMethod } from '../ml/classifier/classifier-config.ts'
import type { ClassifierCard } from '../ml/classifier/classifier-files.ts'
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

/** Trains one classifier and writes card.json, model.json and weights.bin into a folder. */
export async function trainClassifierAndWrite(
  spec: ClassifierToTrain,
  header: DatasetHeader,
  folder: string,
  log: (line: string) => void,
): Promise<{ id: string; metrics: ClassifierCard['metrics'] }> {
  const { classifier, report } = await trainClassifierNetworks(header, spec, log)
  const { id, title, description } = spec
  const { files, card } = await exportClassifier({
    ...{ id, title, description, classifier, report, header, encoder: null },
    date: new Date().toISOString().slice(0, 10),
  })
  writeFiles(folder, [
    { name: 'card.json', bytes: files.card },
    { name: 'model.json', bytes: files.model },
    { name: 'weights.bin', bytes: files.weights },
  ])
  return { id, metrics: card.metrics }
}
