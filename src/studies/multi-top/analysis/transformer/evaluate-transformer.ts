import type { TransformerBackend } from '../../../../ml/transformer/transformer-backend.ts'
import type { TokenBatch } from '../../../../ml/transformer/token-source.ts'
import { oneVersusRestAuc } from './one-versus-rest.ts'

export interface TransformerMetric {
  value: number
  description: string
}

/**
 * How well a transformer does on events: classes from what is not masked, scalars from the masked copy.
 *
 * @param classes  names of the labels
 */
export async function evaluateTransformer(
  backend: TransformerBackend,
  parameters: Float32Array,
  batch: TokenBatch,
  classes: readonly string[],
): Promise<Record<string, TransformerMetric>> {
  const { rows, values, labels, weights, masked, filled } = batch
  const seen = await backend.outputs(parameters, values, rows, null)
  const metrics: Record<string, TransformerMetric> = {}
  const aucs = classes.map((_, k) => oneVersusRestAuc(seen.logits, labels, weights, classes.length, k))
  metrics['auc-mean'] = {
    value: aucs.reduce((sum, auc) => sum + auc, 0) / aucs.length,
    description: 'area under the ROC curve, one class against the rest, mean over the classes',
  }
  classes.forEach((name, k) => {
    metrics[`auc-${k}`] = {
      value: aucs[k],
      description: `area under the ROC curve of ${name} against the rest, by probability`,
    }
  })
  const hidden = await backend.outputs(parameters, values, rows, masked)
  let [squared, plain, scalars] = [0, 0, 0]
  for (let i = 0; i < values.length; i++) {
    if (!masked[i] || !filled[i]) continue
    squared += (hidden.reconstruction[i] - values[i]) ** 2
    plain += values[i] ** 2
    scalars++
  }
  metrics['reconstruction-mse'] = {
    value: squared / scalars,
    description: 'mean squared error of masked filled scalars, 30 % masked, in standard deviations squared',
  }
  metrics['reconstruction-over-mean'] = {
    value: squared / plain,
    description: 'the same over the error of the mean of each scalar',
  }
  return metrics
}
