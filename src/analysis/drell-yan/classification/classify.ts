import { createRng } from '../../../numerics/rng.ts'
import { conformalSet } from '../../../statistics/classification/conformal.ts'
import { gaussianPosterior } from '../../../statistics/classification/gaussian-posterior.ts'
import { applyTemperature } from '../../../statistics/classification/temperature.ts'
import { entropy, type Uncertainty } from '../../../statistics/classification/uncertainty.ts'
import { createPredictor, noneScoreName, type Classifier } from './classifier.ts'
import type { Gallery } from './gallery.ts'

/** One class of an answer. */
export interface ClassChance {
  universe: number
  /** As the network says it. */
  learned: number
  /** After temperature scaling: what the sets are made of. */
  scaled: number
  /** Exact posterior under the Gaussian model. */
  exact: number
}

/** What is known of one spectrum among the classes. */
export interface SpectrumAnswer {
  /** All classes, the most probable (scaled) first. */
  classes: ClassChance[]
  uncertainty: Uncertainty
  exactEntropy: number
  /** ln K: the entropy of knowing nothing. */
  ignorance: number
  /** Universes in the set of each rule. */
  sets: { level: number; lac: number[]; aps: number[] }
  none: {
    /** Name and value of the classifier's own score, and where "none of these" begins. */
    scoreName: string
    score: number
    threshold: number
    falseAlarms: number
    decided: boolean
  }
  /** Goodness of fit of the nearest class. */
  nearest: { chi2: number; degreesOfFreedom: number; pValue: number; decided: boolean }
}

/** Asks one classifier again and again. */
export function createSpectrumClassifier(classifier: Classifier, gallery: Gallery) {
  const classes = gallery.universes.length
  const bins = gallery.means.length / classes
  const predictor = createPredictor(classifier, bins)
  const { temperature, sets, none } = classifier.calibration

  /**
   * @param key       names the spectrum: randomised sets draw their one random number from it
   * @param absorbed  degrees of freedom that the covariance has already absorbed (free K factor of a measurement)
   */
  return (whitened: Float32Array, key: string, absorbed = 0): SpectrumAnswer => {
    const { probabilities, uncertainty, noneScore } = predictor.one(whitened)
    const scaled = applyTemperature(probabilities, temperature)
    const exact = gaussianPosterior(whitened, gallery.means, classes, absorbed)
    const u = createRng(1).split(`set/${key}`).uniform()
    const universesOf = (chosen: number[]) => chosen.map((k) => gallery.universes[k])
    return {
      classes: Array.from(gallery.universes, (universe, k) => ({
        universe,
        learned: probabilities[k],
        scaled: scaled[k],
        exact: exact.probabilities[k],
      })).sort((a, b) => b.scaled - a.scaled || a.universe - b.universe),
      uncertainty,
      exactEntropy: entropy(exact.probabilities),
      ignorance: Math.log(classes),
      sets: {
        level: sets.lac.level,
        lac: universesOf(conformalSet(sets.lac, scaled)),
        aps: universesOf(conformalSet(sets.aps, scaled, u)),
      },
      none: {
        scoreName: noneScoreName[classifier.config.method],
        score: noneScore,
        threshold: none.threshold,
        falseAlarms: none.falseAlarms,
        decided: noneScore > none.threshold,
      },
      nearest: {
        chi2: exact.nearestChi2,
        degreesOfFreedom: bins - absorbed,
        pValue: exact.nearestPValue,
        decided: exact.nearestPValue < none.falseAlarms,
      },
    }
  }
}
