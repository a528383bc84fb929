import { createRng } from '../../../../numerics/rng.ts'
import { conformalSet } from '../../../../statistics/classification/conformal.ts'
import { applyTemperature } from '../../../../statistics/classification/temperature.ts'
import type { Uncertainty } from '../../../../statistics/classification/uncertainty.ts'
import { bayesAnswer, type BayesAnswer } from './bayes-answer.ts'
import { createPredictor, noneScoreName, type Classifier } from './classifier.ts'
import type { Gallery } from './gallery.ts'

/** One class of an answer. */
export interface ClassChance {
  universe: number
  /** As the network says it. */
  learned: number
  /** After temperature scaling: what the sets are made of. */
  scaled: number
  /** Bayes posterior under the Gaussian model. */
  bayes: number
}

/** What is known of one spectrum among the classes. */
export interface SpectrumAnswer {
  /** All classes, the most probable (scaled) first. */
  classes: ClassChance[]
  uncertainty: Uncertainty
  bayesEntropy: number
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
  /** Classes that a chi2 test at the same false alarms leaves, and how well the nearest fits. */
  compatible: BayesAnswer['compatible']
  nearest: BayesAnswer['nearest']
}

/** Asks one classifier again and again. */
export function createSpectrumClassifier(classifier: Classifier, gallery: Gallery) {
  const classes = gallery.universes.length
  const bins = gallery.means.length / classes
  const predictor = createPredictor(classifier, bins)
  const { temperature, sets, none } = classifier.calibration

  /**
   * @param key       names the spectrum: randomised sets draw their one random number from it
   * @param noisy     false for an expectation: its chi2 are those of its average measurement
   * @param absorbed  degrees of freedom that the covariance has already absorbed (free K factor of a measurement)
   */
  return (
    whitened: Float32Array,
    key: string,
    { noisy, absorbed = 0 }: { noisy: boolean; absorbed?: number },
  ): SpectrumAnswer => {
    const { probabilities, uncertainty, noneScore } = predictor.one(whitened)
    const scaled = applyTemperature(probabilities, temperature)
    const bayes = bayesAnswer(whitened, gallery, { noisy, absorbed }, none.falseAlarms)
    const u = createRng(1).split(`set/${key}`).uniform()
    const universesOf = (chosen: number[]) => chosen.map((k) => gallery.universes[k])
    return {
      classes: Array.from(gallery.universes, (universe, k) => ({
        universe,
        learned: probabilities[k],
        scaled: scaled[k],
        bayes: bayes.probabilities[k],
      })).sort((a, b) => b.scaled - a.scaled || a.universe - b.universe),
      uncertainty,
      bayesEntropy: bayes.entropy,
      ignorance: bayes.ignorance,
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
      compatible: bayes.compatible,
      nearest: bayes.nearest,
    }
  }
}
