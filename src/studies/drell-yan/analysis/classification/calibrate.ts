import { calibrateConformal, type ConformalRule } from '../../../../statistics/classification/conformal.ts'
import type { Predictions } from '../../../../statistics/classification/predictions.ts'
import { fitTemperature, scaledPredictions } from '../../../../statistics/classification/temperature.ts'

/** What calibration replicas teach: nothing here was seen in training or is seen in tests. */
export interface Calibration {
  temperature: number
  /** Rules for sets of temperature-scaled probabilities. */
  sets: { lac: ConformalRule; aps: ConformalRule }
  none: {
    /** Above it the answer is "none of these". */
    threshold: number
    /** Largest share of new spectra of the classes above it: the rate wanted, or what so few replicas can promise. */
    falseAlarms: number
  }
  rows: number
}

/** How often a spectrum of one of the classes may be called "none of these". */
export const noneFalseAlarms = 0.01

/** @param uniform  one number in [0, 1) per call: aps sets are randomised, or they would be many times larger */
export function calibrate(
  predictions: Predictions,
  noneScores: Float64Array,
  coverage: number,
  uniform: () => number,
): Calibration {
  const temperature = fitTemperature(predictions)
  const scaled = scaledPredictions(predictions, temperature)
  const sorted = noneScores.slice().sort()
  // As for a conformal set: the rank that keeps the false alarms of a new spectrum at or below the rate.
  const rank = Math.min(sorted.length, Math.ceil((sorted.length + 1) * (1 - noneFalseAlarms)))
  return {
    temperature,
    sets: {
      lac: calibrateConformal('lac', scaled, coverage),
      aps: calibrateConformal('aps', scaled, coverage, uniform),
    },
    none: { threshold: sorted[rank - 1], falseAlarms: Math.max(noneFalseAlarms, 1 / (sorted.length + 1)) },
    rows: predictions.labels.length,
  }
}
