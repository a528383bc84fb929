import { forwardEvent, geluSlope, type ForwardTape, type NormTape } from './reference-forward.ts'
import type { TokenBatch } from './token-source.ts'
import {
  huber,
  huberDelta,
  learnsClasses,
  learnsReconstruction,
  noLosses,
  sharesOf,
  type TransformerLosses,
  type TransformerTask,
} from './transformer-loss.ts'
import type { TransformerLayout } from './transformer-parameters.ts'

/**
 * Losses and gradient of a batch in float64, by the chain rule written out: what the engines are tested against.
 *
 * @returns gradient [layout.total] of totalLoss(task, losses)
 */
export function referenceGradient(
  layout: TransformerLayout,
  parameters: Float32Array | Float64Array,
  task: TransformerTask,
  batch: TokenBatch,
): { losses: TransformerLosses; gradient: Float64Array } {
  const { tokens, classes } = layout.spec
  const gradient = new Float64Array(layout.total)
  const losses = noLosses()
  const shares = sharesOf(batch)
  for (let row = 0; row < batch.rows; row++) {
    const cells = [row * tokens, (row + 1) * tokens] as const
    const x = batch.values.subarray(...cells)
    if (learnsReconstruction(task)) {
      const [masked, filled] = [batch.masked.subarray(...cells), batch.filled.subarray(...cells)]
      const tape = forwardEvent(layout, parameters, x, masked)
      const byOutput = new Float64Array(tokens)
      for (let j = 0; j < tokens; j++) {
        if (!masked[j] || !filled[j]) continue
        const residual = tape.reconstruction[j] - x[j]
        losses.reconstruction += huber(residual)
        losses.scalars++
        byOutput[j] = 2 * Math.max(-huberDelta, Math.min(huberDelta, residual)) * shares.scalar
      }
      backwardEvent(layout, parameters, x, masked, tape, { reconstruction: byOutput }, gradient)
    }
    if (learnsClasses(task)) {
      const tape = forwardEvent(layout, parameters, x, null)
      const highest = Math.max(...tape.logits)
      const total = tape.logits.reduce((s, logit) => s + Math.exp(logit - highest), 0)
      const weight = batch.weights[row]
      const label = batch.labels[row]
      losses.classification += weight * (Math.log(total) + highest - tape.logits[label])
      losses.weight += weight
      const byLogit = Float64Array.from(
        { length: classes },
        (_, k) => (Math.exp(tape.logits[k] - highest) / total - Number(k === label)) * weight * shares.weight,
      )
      backwardEvent(layout, parameters, x, null, tape, { logits: byLogit }, gradient)
    }
  }
  return { losses, gradient }
}

function backwardEvent(
  layout: TransformerLayout,
  parameters: Float32Array | Float64Array,
  x: ArrayLike<number>,
  masked: ArrayLike<number> | null,
  tape: ForwardTape,
  by: { logits?: Float64Array; reconstruction?: Float64Array },
  gradient: Float64Array,
): void {
  const { tokens, width, heads, blocks } = layout.spec
  const at = (name: string) => layout.view(parameters as Float64Array, name)
  const into = (name: string) => layout.view(gradient, name)

  /** Adds the gradient of a dense layer, returns that of its input. */
  function denseBack(name: string, a: Float64Array, d: Float64Array, inputs: number, outputs: number) {
    const [kernel, toKernel, toBias] = [at(name), into(name), into(`${name}/bias`)]
    const back = new Float64Array(a.length)
    for (let i = 0; i < a.length / inputs; i++)
      for (let c = 0; c < outputs; c++) {
        const g = d[i * outputs + c]
        toBias[c] += g
        for (let k = 0; k < inputs; k++) {
          toKernel[k * outputs + c] += a[i * inputs + k] * g
          back[i * inputs + k] += kernel[k * outputs + c] * g
        }
      }
    return back
  }

  function normBack(name: string, { normalised, inverseDeviation }: NormTape, d: Float64Array) {
    const [gain, toGain, toBias] = [at(`${name}/gain`), into(`${name}/gain`), into(`${name}/bias`)]
    const back = new Float64Array(d.length)
    for (let j = 0; j < tokens; j++) {
      let [mean, slope] = [0, 0]
      for (let c = 0; c < width; c++) {
        const i = j * width + c
        toGain[c] += d[i] * normalised[i]
        toBias[c] += d[i]
        mean += (d[i] * gain[c]) / width
        slope += (d[i] * gain[c] * normalised[i]) / width
      }
      for (let c = 0; c < width; c++) {
        const i = j * width + c
        back[i] = inverseDeviation[j] * (d[i] * gain[c] - mean - normalised[i] * slope)
      }
    }
    return back
  }

  let d = new Float64Array(tokens * width)
  const add = (more: Float64Array): void => void (d = d.map((value, i) => value + more[i]))
  if (by.logits) add(denseBack('classes', tape.norm.out, by.logits, tokens * width, by.logits.length))
  if (by.reconstruction) add(denseBack('reconstruction', tape.norm.out, by.reconstruction, width, 1))
  d = normBack('norm', tape.norm, d)
  for (let b = blocks - 1; b >= 0; b--) {
    const block = tape.blocks[b]
    const name = (part: string): string => `block-${b}/${part}`
    const units = block.hidden.length / tokens
    const byActivated = denseBack(name('project'), block.activated, d, units, width)
    const byHidden = byActivated.map((g, i) => g * geluSlope(block.hidden[i]))
    add(
      normBack(
        name('norm-2'),
        block.norm2,
        denseBack(name('hidden'), block.norm2.out, byHidden, width, units),
      ),
    )

    const byMixed = denseBack(name('output'), block.mixed, d, width, width)
    const { queries, keys, values, attention } = block
    const [dq, dk, dv] = [queries, keys, values].map(() => new Float64Array(tokens * width))
    const size = width / heads
    for (let h = 0; h < heads; h++)
      for (let i = 0; i < tokens; i++) {
        const row = attention.subarray((h * tokens + i) * tokens, (h * tokens + i + 1) * tokens)
        const byAttention = new Float64Array(tokens)
        for (let j = 0; j < tokens; j++)
          for (let c = h * size; c < (h + 1) * size; c++) {
            byAttention[j] += byMixed[i * width + c] * values[j * width + c]
            dv[j * width + c] += row[j] * byMixed[i * width + c]
          }
        const mean = row.reduce((s, p, j) => s + p * byAttention[j], 0)
        for (let j = 0; j < tokens; j++) {
          const byScore = (row[j] * (byAttention[j] - mean)) / Math.sqrt(size)
          for (let c = h * size; c < (h + 1) * size; c++) {
            dq[i * width + c] += byScore * keys[j * width + c]
            dk[j * width + c] += byScore * queries[i * width + c]
          }
        }
      }
    const byNorm = denseBack(name('queries'), block.norm1.out, dq, width, width)
    for (const [part, g] of [
      ['keys', dk],
      ['values', dv],
    ] as const) {
      const more = denseBack(name(part), block.norm1.out, g, width, width)
      for (let i = 0; i < byNorm.length; i++) byNorm[i] += more[i]
    }
    add(normBack(name('norm-1'), block.norm1, byNorm))
  }
  const [toDirections, toBiases, toMask] = [into('embedding'), into('embedding/bias'), into('mask')]
  for (let i = 0; i < d.length; i++) {
    const j = Math.floor(i / width)
    toBiases[i] += d[i]
    if (masked?.[j]) toMask[i % width] += d[i]
    else toDirections[i] += x[j] * d[i]
  }
}
