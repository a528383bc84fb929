import { defaultClassifier, defaultEvaluation } from '../analysis/classification/class-setup.ts'
import type { Classifier, ClassifierNetworks } from '../analysis/classification/classifier.ts'
import { evaluateClassifier, type ClassReport } from '../analysis/classification/evaluate.ts'
import { gallery, galleryUniverses, type Gallery } from '../analysis/classification/gallery.ts'
import { trainMember } from '../analysis/classification/train-member.ts'
import { finish } from '../analysis/corpus.ts'
import type { DatasetHeader } from '../analysis/dataset-types.ts'
import { exportClassifier } from '../analysis/datasets/classifier-bundle.ts'
import type { ClassifierConfig, ClassifierMethod } from '../../../ml/classifier/classifier-config.ts'
import type { ClassifierCard } from '../../../ml/classifier/classifier-files.ts'
import { writeFiles } from '../../../cli/files.ts'
import type { ResumableRun } from '../../../cli/resumable-run.ts'

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
  run: Pick<ResumableRun, 'stored' | 'step'> = { stored: {}, step: () => Promise.resolve() },
): Promise<{ classifier: Classifier; report: ClassReport; gallery: Gallery }> {
  const known = gallery(header, galleryUniverses(header, classes))
  const config: ClassifierConfig = {
    ...defaultClassifier(method, known.universes.length, seed),
    ...(steps === undefined ? {} : { steps }),
  }
  const { universeModel: model, manifest } = header
  const { members, begun } = membersFrom(run.stored)
  for (let member = members.length; member < config.members; member++) {
    const training = trainMember(
      { model, order: manifest.order, gallery: known, latent: null, config, member },
      {
        resumeFrom: member === begun?.member ? begun.checkpoint : undefined,
        afterStep: ({ step, steps: all }, takeCheckpoint) =>
          run.step({ done: member * all + step, total: config.members * all, unit: 'step' }, async () => ({
            ...finishedSections(members),
            [trainingSection(member)]: await takeCheckpoint(),
          })),
      },
    )
    for (;;) {
      const next = await training.next()
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

const finishedSection = (member: number): string => `member-${member}`
const trainingSection = (member: number): string => `training-${member}`

/** Parameters of finished networks, as bytes of this machine's order. */
function finishedSections(members: readonly Float32Array[]): Record<string, Uint8Array> {
  return Object.fromEntries(
    members.map((parameters, member) => [
      finishedSection(member),
      new Uint8Array(parameters.buffer, parameters.byteOffset, parameters.byteLength),
    ]),
  )
}

/** Networks that an interrupted run had finished, and the one it was at. */
function membersFrom(stored: ResumableRun['stored']) {
  const members: Float32Array[] = []
  for (; Object.hasOwn(stored, finishedSection(members.length));)
    members.push(new Float32Array(stored[finishedSection(members.length)].slice().buffer))
  const member = members.length
  const checkpoint = stored[trainingSection(member)] as Uint8Array | undefined
  return { members, begun: checkpoint ? { member, checkpoint } : null }
}

/** Calibration and scores of networks, as the page computes them. */
export async function scoreNetworks(
  header: DatasetHeader,
  known: Gallery,
  networks: ClassifierNetworks,
  evaluation: Partial<typeof defaultEvaluation> = {},
): Promise<{ classifier: Classifier; report: ClassReport }> {
  const options = { ...defaultEvaluation, ...evaluation, order: header.manifest.order }
  const { calibration, report } = finish(evaluateClassifier(header.universeModel, known, networks, options))
  return { classifier: { ...networks, calibration }, report }
}

/** Trains one classifier and writes card.json, model.json and weights.bin into a folder. */
export async function trainClassifierAndWrite(
  spec: ClassifierToTrain,
  header: DatasetHeader,
  folder: string,
  log: (line: string) => void,
  run: ResumableRun,
): Promise<{ id: string; metrics: ClassifierCard['metrics'] }> {
  const { classifier, report } = await trainClassifierNetworks(header, spec, log, {}, run)
  const { id, title, description } = spec
  const { files, card } = await exportClassifier({
    ...{ id, title, description, classifier, report, header, encoder: null },
  })
  writeFiles(folder, [
    { name: 'card.json', bytes: files.card },
    { name: 'model.json', bytes: files.model },
    { name: 'weights.bin', bytes: files.weights },
  ])
  return { id, metrics: card.metrics }
}
