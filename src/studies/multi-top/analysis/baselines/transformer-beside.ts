import type { Kernels } from '../../../../kernels/create-kernels.ts'
import type { TransformerBackend } from '../../../../ml/transformer/transformer-backend.ts'
import { areaDifferences, weightedRoc } from '../../../../statistics/classification/weighted-auc.ts'
import type { WeightedPredictions } from '../../../../statistics/classification/weighted-predictions.ts'
import type { TokenCorpus } from '../tokens/corpus.ts'
import { takeLabelled } from '../tokens/corpus-rows.ts'
import { classOutputs, reconstructions } from '../transformer/transformer-outputs.ts'
import { judgeClassifier } from './classification-report.ts'
import { compareImputers, overBest } from './compared-imputers.ts'
import { drain } from '../../../../numerics/drain.ts'
import type { ImputerKind } from './fit-imputers.ts'
import type { Imputer } from './imputers.ts'
import { maskedEvents, maskKinds, type MaskKind, type ReconstructionGroup } from './reconstruction-report.ts'
import { baselineKinds, tuneBaseline } from './tune-baselines.ts'

interface Transformer {
  backend: TransformerBackend
  parameters: Float32Array
}

/** Points of a ROC curve that are told. */
const rocPoints = 40

/**
 * Hidden numbers by a transformer beside the mean, a ridge and algebra, asked the same of the test events.
 *
 * @param imputersFor  see fitImputers
 * @param seed         of masks and bootstrap
 */
export async function reconstructionBeside(
  corpus: TokenCorpus,
  { backend, parameters }: Transformer,
  imputersFor: (kind: MaskKind) => Record<ImputerKind, Imputer>,
  seed: number,
): Promise<object> {
  const told: Record<string, object> = {}
  for (const kind of maskKinds) {
    const { mean, ridge, algebra } = imputersFor(kind)
    const asked = maskedEvents(corpus, corpus.split.test, kind, seed)
    const others = { mean: mean(asked), ridge: ridge(asked), algebra: algebra(asked) }
    const transformer = await reconstructions(backend, parameters, asked)
    const groups = compareImputers(asked, kind, { ...others, transformer }, seed)
    for (const [group, own] of Object.entries(groups))
      told[group] = {
        ...own,
        transformerOverBest: overBest(
          ...([asked, kind, group as ReconstructionGroup, transformer, others, seed] as const),
        ),
      }
  }
  return told
}

/**
 * Classes by a transformer beside trees and a network on five numbers: same events, split and weights.
 *
 * @param seed    of trials and bootstrap
 * @param trials  settings of each classifier that are tried
 */
export async function classesBeside(
  corpus: TokenCorpus,
  { backend, parameters }: Transformer,
  { seed, trials }: { seed: number; trials: number },
  kernels: Kernels,
  log: (line: string) => void,
): Promise<object> {
  const classes = corpus.classes.length
  const predictions = async (part: 'validation' | 'test'): Promise<WeightedPredictions> => {
    const { rows, values, labels, weights } = takeLabelled(corpus, corpus.split[part])
    const { probabilities } = await classOutputs(backend, parameters, { rows, values }, classes)
    return { classes, probabilities, labels, weights }
  }
  const [validation, test] = [await predictions('validation'), await predictions('test')]
  const own = judgeClassifier(validation, test, seed)
  const told: Record<string, object> = { transformer: { ...tell(own.report), roc: curves(test) } }
  for (const kind of baselineKinds) {
    const tuned = drain(tuneBaseline(corpus, kind, kernels, seed, trials), ({ trial, bestLoss }) =>
      log(`${kind}: trial ${trial} of ${trials}, lowest validation loss ${bestLoss.toFixed(4)}`),
    )
    const judged = judgeClassifier(tuned.validation, tuned.test, seed)
    told[kind] = { ...tell(judged.report), settings: tuned.settings, roc: curves(tuned.test) }
    told[`transformer over ${kind}`] = areaDifferences(judged.areas, own.areas)
  }
  return told
}

const tell = (report: ReturnType<typeof judgeClassifier>['report']) => ({
  ...report,
  confusion: [...report.confusion],
})

/** One class against the rest, each. */
function curves({ classes, probabilities, labels, weights }: WeightedPredictions): object[] {
  return Array.from({ length: classes }, (_, c) => {
    const scores = Float64Array.from(labels, (__, r) => probabilities[r * classes + c])
    const signal = Uint8Array.from(labels, (label) => (label === c ? 1 : 0))
    const { falsePositives, truePositives } = weightedRoc(scores, signal, weights, rocPoints)
    return { falsePositives: [...falsePositives], truePositives: [...truePositives] }
  })
}
