import * as z from 'zod'
import type { Recorded } from '../../core/recorded.ts'
import {
  checkedRecord,
  parseRecorded,
  quantised,
  recordedHead,
  recordedText,
} from '../../core/recorded-file.ts'
import { packAscending } from '../../core/ascending-numbers.ts'
import type { ComparedMaps } from '../../numerics/compared-maps.ts'
import type { RocSummary } from '../../statistics/anomaly/roc.ts'
import type { KnownUniverses } from './analysis/anomaly/known-universes.ts'
import { empiricalScores } from './analysis/anomaly/scorer.ts'
import type { ClassReport } from './analysis/classification/evaluate.ts'
import { classReportSchema, comparedMapsSchema } from './recorded-schemas.ts'
import type { MadeFor } from './state/anomaly-state.ts'
import { productSchemas } from './state/product-schemas.ts'
import type { DrellYanProducts } from './state/products.ts'

z.config({ jitless: true })

/** What Interpret, Train and Compare tell of the dataset, encoder and classifier that the page begins with. */
export interface RecordedAnswers extends Recorded {
  /** Of the code that made them: another one would find others. */
  version: string
  evaluation: DrellYanProducts['evaluation']
  retrieval: DrellYanProducts['retrieval']
  limits: DrellYanProducts['limits']
  /** Scores of known spectra, which p-values are read off. */
  known: MadeFor & Pick<KnownUniverses, 'calibration'>
  /** Scores of the classifier, under its key. */
  classes: ClassReport & { key: string }
  /** Without the neighbours of each universe. */
  comparison: MadeFor & { ids: readonly string[]; compared: ComparedMaps }
}

const made = { encoder: z.string(), encoderHash: z.string(), manifestHash: z.string() }
const sorted = z.custom<Float64Array>(
  (values) => values instanceof Float64Array && values.length > 0 && values.every(Number.isFinite),
  'no sorted numbers',
)

const answersSchema = z.object({
  ...recordedHead,
  version: z.string().max(80),
  ...{ evaluation: productSchemas.evaluation, retrieval: productSchemas.retrieval },
  limits: productSchemas.limits,
  known: z.object({
    ...made,
    calibration: z.object({
      ...{ 'nearest-universe': sorted, mahalanobis: sorted, 'kth-neighbour': sorted, density: sorted },
    }),
  }),
  classes: classReportSchema.extend({ key: z.string() }),
  comparison: z.object({
    ...{ encoder: z.string(), encoderHash: z.string(), manifestHash: z.string() },
    ...{ ids: z.array(z.string()), compared: comparedMapsSchema },
  }),
})

/** Points of a curve that is there to be seen, and digits of its numbers. */
const curvePoints = 36
const curveDigits = 4

function thinned(curve: Float64Array): Float64Array {
  const last = curve.length - 1
  const points = Math.min(curve.length, curvePoints)
  return Float64Array.from({ length: points }, (_, i) =>
    Number(curve[Math.round((i * last) / (points - 1))].toPrecision(curveDigits)),
  )
}

const thinnedRoc = ({ curve, ...roc }: RocSummary): RocSummary => ({
  ...roc,
  curve: { falseAlarms: thinned(curve.falseAlarms), truePositives: thinned(curve.truePositives) },
})

export function writeRecordedAnswers({
  evaluation,
  known,
  classes,
  comparison,
  ...rest
}: RecordedAnswers): string {
  const { compared } = comparison
  return recordedText({
    ...rest,
    known: {
      ...known,
      calibration: Object.fromEntries(
        empiricalScores.map((name) => [name, packAscending(known.calibration[name])]),
      ),
    },
    evaluation: {
      ...evaluation,
      classes: evaluation.classes.map((result) => ({
        ...result,
        population: thinnedRoc(result.population),
        scores: Object.fromEntries(
          Object.entries(result.scores).map(([id, roc]) => [id, thinnedRoc(roc)] as const),
        ),
      })),
    },
    classes: {
      ...classes,
      scores: classes.scores.map(({ riskCoverage: { curve, ...risk }, ...scores }) => ({
        ...scores,
        riskCoverage: { ...risk, curve: { coverage: thinned(curve.coverage), risk: thinned(curve.risk) } },
      })),
    },
    comparison: {
      ...comparison,
      compared: {
        ...compared,
        maps: compared.maps.map(({ xy, aligned, kept, ...map }) => ({
          ...{ ...map, neighbours: new Int32Array(0) },
          ...{ xy: quantised(xy), aligned: quantised(aligned), kept: quantised(kept) },
        })),
      },
    },
  })
}

/** @throws AppError 'data/corrupt' naming what is wrong */
export function readRecordedAnswers(text: string): RecordedAnswers {
  return checkedRecord(answersSchema, parseRecorded(text, 'answer'), 'answer')
}
