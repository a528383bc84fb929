import type { ClassifierConfig, ClassifierMethod } from '../../../../ml/classifier/classifier-config.ts'
import { concentrations, softmax } from '../../../../ml/classifier/heads.ts'
import { createMlpRunner, runMlp, type Mlp } from '../../../../ml/mlp.ts'
import { ratioMlp, type RatioArchitecture } from '../../../../ml/ratio/ratio-parameters.ts'
import type { Predictions } from '../../../../statistics/classification/predictions.ts'
import {
  dirichletUncertainty,
  ensembleUncertainty,
  singleUncertainty,
  type Uncertainty,
} from '../../../../statistics/classification/uncertainty.ts'
import type { Calibration } from './calibrate.ts'

/** Latent coordinates as input: an encoder, and the shift and scale that make the classes unit-sized. */
export interface LatentInput {
  encoder: Mlp
  centre: Float64Array // [d]
  scale: Float64Array // [d]
}

/** Trained networks: from a whitened spectrum to probabilities of classes. */
export interface ClassifierNetworks {
  config: ClassifierConfig
  /** Numbers of the classes in the dataset's table. */
  universes: Int32Array // [classes]
  /** null: the network reads all whitened bins */
  latent: LatentInput | null
  /** Per member kernel and bias, layer by layer (ml/ratio/ratio-parameters.ts). */
  members: Float32Array[]
}

/** Networks with what was learned about them on calibration replicas. */
export interface Classifier extends ClassifierNetworks {
  calibration: Calibration
}

/** What a classifier makes of one spectrum. */
export interface ClassPrediction {
  probabilities: Float64Array // [classes]
  uncertainty: Uncertainty
  /** The larger, the less any of the classes: what `noneScoreName` says. */
  noneScore: number
}

/** What tells "none of these" apart, per method. */
export const noneScoreName: Record<ClassifierMethod, string> = {
  dpn: 'knowledge uncertainty',
  evidential: 'vacuity',
  ensemble: 'knowledge uncertainty',
  softmax: '1 − largest probability',
}

export function architectureOf(
  config: Pick<ClassifierConfig, 'widths'>,
  bins: number,
  latent: LatentInput | null,
  classes: number,
): RatioArchitecture {
  return { inputs: latent ? latent.centre.length : bins, widths: config.widths, outputs: classes }
}

/** Network inputs of whitened rows. */
export function classifierInputs(
  latent: LatentInput | null,
  whitened: Float32Array,
  rows: number,
): Float32Array {
  if (!latent) return whitened
  const { encoder, centre, scale } = latent
  const d = centre.length
  return runMlp(encoder, whitened, rows).map((z, i) => (z - centre[i % d]) / scale[i % d])
}

/** A classifier ready to answer; keeps its working memory. */
export function createPredictor(networks: ClassifierNetworks, bins: number) {
  const { config, universes, latent, members } = networks
  const classes = universes.length
  const architecture = architectureOf(config, bins, latent, classes)
  const mlps = members.map((flat) => ratioMlp(architecture, flat))
  const runners = mlps.map((mlp) => createMlpRunner(mlp))
  const logits = new Float64Array(classes)

  function fromLogits(rowOfMember: (member: number) => ArrayLike<number>): ClassPrediction {
    const { method } = config
    if (method === 'dpn' || method === 'evidential') {
      const alpha = concentrations(method, rowOfMember(0), new Float64Array(classes))
      const uncertainty = dirichletUncertainty(alpha)
      const total = alpha.reduce((sum, a) => sum + a, 0)
      const noneScore = method === 'dpn' ? (uncertainty.knowledge ?? 0) : (uncertainty.vacuity ?? 0)
      return { probabilities: alpha.map((a) => a / total), uncertainty, noneScore }
    }
    const each = mlps.map((_, m) => softmax(rowOfMember(m), new Float64Array(classes)))
    const probabilities = new Float64Array(classes)
    for (const p of each) for (let c = 0; c < classes; c++) probabilities[c] += p[c] / each.length
    if (method === 'softmax')
      return {
        probabilities,
        uncertainty: singleUncertainty(probabilities),
        noneScore: 1 - Math.max(...probabilities),
      }
    const uncertainty = ensembleUncertainty(each)
    return { probabilities, uncertainty, noneScore: uncertainty.knowledge ?? 0 }
  }

  return {
    classes,
    /** One whitened spectrum. */
    one(whitened: Float32Array): ClassPrediction {
      const x = classifierInputs(latent, whitened, 1)
      return fromLogits((member) => {
        runners[member].run(x, logits)
        return logits
      })
    },
    /** Whitened rows; the labels are handed through. */
    many(whitened: Float32Array, labels: Int32Array): { predictions: Predictions; noneScores: Float64Array } {
      const rows = labels.length
      const x = classifierInputs(latent, whitened, rows)
      const z = mlps.map((mlp) => runMlp(mlp, x, rows))
      const probabilities = new Float64Array(rows * classes)
      const noneScores = new Float64Array(rows)
      for (let r = 0; r < rows; r++) {
        const found = fromLogits((member) => z[member].subarray(r * classes, (r + 1) * classes))
        probabilities.set(found.probabilities, r * classes)
        noneScores[r] = found.noneScore
      }
      return { predictions: { classes, probabilities, labels }, noneScores }
    },
  }
}
