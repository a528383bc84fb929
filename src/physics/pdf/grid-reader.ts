import type { DensityKnots } from '../../kernels/density-kernel.ts'
import type { LhaSubgrid } from './lhagrid.ts'
import { findInterval, hermiteWeights, knotAxis, type KnotAxis } from './log-bicubic.ts'
import { partonIds } from './pdf-set.ts'

const partons = partonIds.length

/** A subgrid ready to be read: the app's eleven partons side by side, absent ones zero. */
interface Sheet {
  x: KnotAxis
  xLow: number
  xSecond: number
  xHigh: number
  q2: KnotAxis
  nq: number
  q2Low: number
  q2High: number
  values: Float64Array // [nx, nq, 11] row-major
}

function prepareSheet({ x, q, ids, values }: LhaSubgrid): Sheet {
  const columns = partonIds.map((id) => ids.indexOf(id))
  const points = x.length * q.length
  const sorted = new Float64Array(points * partons)
  for (let row = 0; row < points; row++)
    for (let p = 0; p < partons; p++)
      if (columns[p] >= 0) sorted[row * partons + p] = values[row * ids.length + columns[p]]
  const linear = q.length < 4
  const q2 = q.map((value) => value * value)
  return {
    x: knotAxis(x, linear),
    xLow: x[0],
    xSecond: x[1],
    xHigh: x[x.length - 1],
    q2: knotAxis(q2, linear),
    nq: q.length,
    q2Low: q2[0],
    q2High: q2[q2.length - 1],
    values: sorted,
  }
}

/** Continues the line through ln x f (or x f, unless both exceed 1e-3) at 0 and 1 to `fraction`, in place. */
export function extrapolate(edge: Float64Array, second: Float64Array, fraction: number): void {
  for (let p = 0; p < partons; p++)
    edge[p] =
      edge[p] > 1e-3 && second[p] > 1e-3
        ? edge[p] * (second[p] / edge[p]) ** fraction
        : edge[p] + fraction * (second[p] - edge[p])
}

export interface GridReader {
  readonly q2Min: number
  readonly q2Max: number
  readonly lastButOneQ2: number
  /** Those of the grid; undefined where a region has too few for the cubic rule. */
  readonly knots: readonly DensityKnots[] | undefined
  /** x f in the order of `partonIds`, for q2Min <= q2 <= q2Max and any x in (0, 1]. */
  read(x: number, q2: number, out: Float64Array): void
}

/**
 * Interpolation between the knots of a set, and LHAPDF's continuation in x beyond them. Rows of x knots are
 * interpolated in Q when first needed at a scale and kept until the scale changes; nothing is allocated per call.
 */
export function createGridReader(subgrids: readonly LhaSubgrid[]): GridReader {
  const sheets = subgrids.map(prepareSheet)
  const rows = Math.max(...sheets.map((sheet) => sheet.x.logs.length))
  const atScale = new Float64Array(rows * partons)
  const filledFor = new Float64Array(rows)
  const xWeights = new Float64Array(4)
  const qWeights = new Float64Array(4)
  const second = new Float64Array(partons)
  let sheet = sheets[0]
  let q2Seen = NaN
  let scaleNumber = 0
  let ix = 0
  let iq = 0

  function setScale(q2: number): void {
    if (q2 === q2Seen) return
    // At a threshold the upper subgrid is meant.
    sheet = sheets[0]
    for (const candidate of sheets) if (candidate.q2Low <= q2) sheet = candidate
    const log = Math.log(q2)
    iq = findInterval(sheet.q2, log, iq)
    hermiteWeights(sheet.q2, iq, log, qWeights)
    scaleNumber += 1
    q2Seen = q2
  }

  function fillRow(row: number): void {
    const { values, nq } = sheet
    const start = row * partons
    for (let p = 0; p < partons; p++) atScale[start + p] = 0
    for (let b = 0; b < 4; b++) {
      // Also passes by knots that do not exist, whose weight is zero.
      if (qWeights[b] === 0) continue
      const at = (row * nq + iq - 1 + b) * partons
      for (let p = 0; p < partons; p++) atScale[start + p] += qWeights[b] * values[at + p]
    }
    filledFor[row] = scaleNumber
  }

  function interpolate(x: number, out: Float64Array): void {
    const log = Math.log(x)
    ix = findInterval(sheet.x, log, ix)
    hermiteWeights(sheet.x, ix, log, xWeights)
    for (let p = 0; p < partons; p++) out[p] = 0
    for (let a = 0; a < 4; a++) {
      const weight = xWeights[a]
      if (weight === 0) continue
      const row = ix - 1 + a
      if (filledFor[row] !== scaleNumber) fillRow(row)
      for (let p = 0, at = row * partons; p < partons; p++, at++) out[p] += weight * atScale[at]
    }
  }

  const top = sheets[sheets.length - 1]
  return {
    q2Min: sheets[0].q2Low,
    q2Max: top.q2High,
    lastButOneQ2: Math.exp(top.q2.logs[top.nq - 2]),
    knots: sheets.some(({ x, q2 }) => x.linear || q2.linear || x.logs.length < 4)
      ? undefined
      : sheets.map(({ x, q2, values }) => ({ logX: x.logs, logQ2: q2.logs, values })),
    read(x, q2, out) {
      setScale(q2)
      const { xLow, xSecond, xHigh } = sheet
      if (x < xLow) {
        interpolate(xLow, out)
        interpolate(xSecond, second)
        extrapolate(out, second, Math.log(x / xLow) / Math.log(xSecond / xLow))
      } else if (x > xHigh) {
        interpolate(xHigh, out)
        for (let p = 0; p < partons; p++) out[p] *= (1 - x) / (1 - xHigh)
      } else {
        interpolate(x, out)
      }
    },
  }
}
