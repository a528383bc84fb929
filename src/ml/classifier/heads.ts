import { dirichletKl, dirichletKlGradient } from './dirichlet.ts'

/** Label of a row that belongs to none of the classes. */
export const outside = -1

export interface HeadSettings {
  method: 'softmax' | 'dpn' | 'evidential'
  betaIn: number
  outWeight: number
  /** Weight lambda_t of the evidential regulariser at this step. */
  annealing: number
}

/** Above this a logit of a Dirichlet prior network counts as this: its exponential stays a sensible number. */
const largestLogit = 20

/** Concentrations alpha of the Dirichlet that the logits stand for. */
export function concentrations(
  method: 'dpn' | 'evidential',
  logits: ArrayLike<number>,
  out: Float64Array,
): Float64Array {
  for (let c = 0; c < out.length; c++)
    out[c] = method === 'dpn' ? Math.exp(Math.min(logits[c], largestLogit)) : 1 + softplus(logits[c])
  return out
}

export function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))
}

/** Probabilities of a row of logits. */
export function softmax(logits: ArrayLike<number>, out: Float64Array): Float64Array {
  let largest = -Infinity
  for (let c = 0; c < out.length; c++) largest = Math.max(largest, logits[c])
  let sum = 0
  for (let c = 0; c < out.length; c++) sum += out[c] = Math.exp(logits[c] - largest)
  for (let c = 0; c < out.length; c++) out[c] /= sum
  return out
}

/** What one row counts in the means over rows inside and outside. */
export interface RowShares {
  inside: number
  outside: number
}

export function rowShares(labels: Int32Array): RowShares {
  let inside = 0
  for (const label of labels) if (label !== outside) inside++
  const out = labels.length - inside
  return { inside: inside > 0 ? 1 / inside : 0, outside: out > 0 ? 1 / out : 0 }
}

/**
 * Mean loss of rows of logits and its gradient by them.
 *
 * - softmax: cross-entropy.
 * - dpn: reverse KL of a Dirichlet prior network, alpha = exp(logit): E_in KL[Dir(alpha) || Dir(1 + betaIn 1_k)]
 *   + outWeight E_out KL[Dir(alpha) || Dir(1)] (Malinin, Gales 1802.10501; reverse form 1905.13472).
 *   Its minimum is known: alpha = 1 + betaIn * share * posterior(x), with `share` the in-distribution share of the
 *   training density at x. So with K classes the probability alpha_c / alpha_0 of a certain class is
 *   (1 + betaIn) / (K + betaIn), never 1: betaIn has to be large beside K.
 * - evidential: expected squared error of the Dirichlet plus lambda_t KL of its wrong evidence to none
 *   (Sensoy et al. 1806.01768, equation 5 and the regulariser below it), alpha = 1 + softplus(logit).
 *
 * Rows with label `outside` train only a Dirichlet prior network; the others skip them.
 *
 * @param gradient  [rows, classes], overwritten
 * @param wantLoss  false leaves the value out (0): a gradient step needs no logarithms of gamma functions
 * @param shares    of the whole batch, where these rows are a piece of one
 */
export function headLoss(
  settings: HeadSettings,
  logits: Float32Array,
  labels: Int32Array,
  classes: number,
  gradient: Float32Array,
  wantLoss = true,
  shares: RowShares = rowShares(labels),
): number {
  const rows = labels.length
  const [inShare, outShare] = [shares.inside, shares.outside * settings.outWeight]
  const { method } = settings
  const row = new Float64Array(classes)
  const slope = new Float64Array(classes)
  const target = new Float64Array(classes)
  let loss = 0
  for (let r = 0; r < rows; r++) {
    const at = r * classes
    const z = logits.subarray(at, at + classes)
    const label = labels[r]
    const share = label === outside ? outShare : inShare
    slope.fill(0)
    if (method === 'dpn') {
      concentrations('dpn', z, row)
      target.fill(1)
      if (label !== outside) target[label] += settings.betaIn
      if (wantLoss) loss += share * dirichletKl(row, target)
      dirichletKlGradient(row, target, slope)
      // Beyond the clip the slope is zero, and a logit that started there would stay: downwards it is let through.
      for (let c = 0; c < classes; c++) slope[c] *= z[c] < largestLogit || slope[c] > 0 ? row[c] : 0
    } else if (label !== outside) {
      if (method === 'softmax') {
        softmax(z, row)
        if (wantLoss) loss -= share * Math.log(Math.max(row[label], Number.MIN_VALUE))
        for (let c = 0; c < classes; c++) slope[c] = row[c] - (c === label ? 1 : 0)
      } else {
        const value = evidentialRow(z, label, settings.annealing, row, target, slope, wantLoss)
        loss += share * value
      }
    }
    for (let c = 0; c < classes; c++) gradient[at + c] = share * slope[c]
  }
  return loss
}

/** Scratch rows are overwritten; `slope` becomes d loss / d logit. */
function evidentialRow(
  z: Float32Array,
  label: number,
  annealing: number,
  alpha: Float64Array,
  wrong: Float64Array,
  slope: Float64Array,
  wantLoss: boolean,
): number {
  const classes = alpha.length
  concentrations('evidential', z, alpha)
  let total = 0
  for (let c = 0; c < classes; c++) total += alpha[c]
  let error = 0
  let squares = 0
  let projected = 0 // sum_c (y_c - p_c) p_c
  for (let c = 0; c < classes; c++) {
    const p = alpha[c] / total
    const d = (c === label ? 1 : 0) - p
    error += d * d
    squares += p * p
    projected += d * p
  }
  const variance = 1 - squares
  for (let c = 0; c < classes; c++) {
    const p = alpha[c] / total
    const d = (c === label ? 1 : 0) - p
    slope[c] =
      (-2 / total) * (d - projected) +
      ((-2 / total) * (p - squares)) / (total + 1) -
      variance / (total + 1) ** 2
  }
  let value = error + variance / (total + 1)
  if (annealing > 0) {
    // Dir(alpha~): the evidence for the true class is taken out before it is compared with no evidence.
    wrong.set(alpha)
    wrong[label] = 1
    const ones = new Float64Array(classes).fill(1)
    const penalty = new Float64Array(classes)
    if (wantLoss) value += annealing * dirichletKl(wrong, ones)
    dirichletKlGradient(wrong, ones, penalty)
    for (let c = 0; c < classes; c++) if (c !== label) slope[c] += annealing * penalty[c]
  }
  for (let c = 0; c < classes; c++) slope[c] /= 1 + Math.exp(-z[c])
  return value
}
