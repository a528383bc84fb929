import type { Estimate } from '../../../../statistics/gaussian-limit.ts'
import { oneVersusRest, type OneVersusRest } from '../../../../statistics/classification/weighted-auc.ts'
import {
  confusionMatrix,
  fitWeightedTemperature,
  weightedCalibrationError,
  type WeightedPredictions,
} from '../../../../statistics/classification/weighted-predictions.ts'
import { scaledPredictions } from '../../../../statistics/classification/temperature.ts'

export interface ClassificationReport {
  perClass: Estimate[]
  mean: Estimate
  /** Found on validation rows; calibration and confusion are after it. */
  temperature: number
  calibrationError: { before: number; after: number }
  /** [classes, classes] true, given */
  confusion: Float64Array
}

export interface JudgedClassifier {
  report: ClassificationReport
  areas: OneVersusRest
}

/** What a classifier does on test rows, its temperature from validation rows. @param seed of the bootstrap */
export function judgeClassifier(
  validation: WeightedPredictions,
  test: WeightedPredictions,
  seed: number,
): JudgedClassifier {
  const { classes, probabilities: scores, labels, weights } = test
  const temperature = fitWeightedTemperature(validation)
  const scaled = { ...scaledPredictions(test, temperature), weights }
  const areas = oneVersusRest({ classes, scores, labels, weights }, seed)
  return {
    areas,
    report: {
      ...{ perClass: areas.perClass, mean: areas.mean, temperature },
      calibrationError: { before: weightedCalibrationError(test), after: weightedCalibrationError(scaled) },
      confusion: confusionMatrix(scaled),
    },
  }
}
