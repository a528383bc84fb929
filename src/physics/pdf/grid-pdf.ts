import { AppError } from '../../errors.ts'
import { parseLhaGrid, type LhaSubgrid } from './lhagrid.ts'
import type { LhaInfo } from './lha-info.ts'
import { findInterval, hermiteWeights, knotAxis, type KnotAxis } from './log-bicubic.ts'
import { partonIds, type PartonId, type PdfSet } from './pdf-set.ts'
import { tabulatedAlphaS } from './tabulated-alpha-s.ts'

const partons = partonIds.length

/** A subgrid ready to be read: the app's eleven partons side by side, absent ones zero. */
interface Sheet {
  x: KnotAxis
  q2: KnotAxis
  nq: number
  q2Low: number
  q2High: number
  values: Float64Array // [nx, nq, 11] row-major
}

/**
 * One member of an LHAPDF6 set as a PdfSet, with LHAPDF's "logcubic" rule between knots and its "continuation"
 * outside them: below xMin and above qMax linear in the logarithm (of the logarithm of x f where both edge values
 * exceed 1e-3); below qMin x f ~ (Q^2)^(anomalous slope at the edge) tending to Q^2. LHAPDF refuses x above the last knot;
 * here x f falls linearly to zero at x = 1. Partons the file does not list are zero.
 *
 * The set's alpha_s comes from `info` when it has a table.
 *
 * @param text  contents of SET_0000.dat
 * @throws      AppError 'data/corrupt' or 'data/unsupported', see parseLhaGrid
 */
export function createGridPdf(text: string, label: { id: string; info?: LhaInfo }): PdfSet {
  const { id, info } = label
  const { header, subgrids } = parseLhaGrid(text, id)
  const sheets = subgrids.map(prepareSheet)
  const xMin = Math.max(...subgrids.map((s) => s.x[0]))
  const xMax = Math.min(...subgrids.map((s) => s.x[s.x.length - 1]))
  const q2Min = sheets[0].q2Low
  const q2Max = sheets[sheets.length - 1].q2High

  let lastX = NaN
  let lastQ2 = NaN
  const result = new Float64Array(partons)
  const upper = new Float64Array(partons)
  const lower = new Float64Array(partons)
  const inside = createReader(sheets)

  /** x f at a scale within the grid and any x in (0, 1]. */
  function atScale(x: number, q2: number, out: Float64Array): void {
    if (x >= xMin && x <= xMax) {
      inside.read(x, q2, out)
      return
    }
    const edge = x < xMin ? xMin : xMax
    inside.read(edge, q2, out)
    if (x > xMax) {
      for (let p = 0; p < partons; p++) out[p] *= (1 - x) / (1 - xMax)
      return
    }
    const second = inside.secondX(q2)
    inside.read(second, q2, lower)
    extrapolate(out, lower, Math.log(x / edge) / Math.log(second / edge))
  }

  function evaluate(x: number, q2: number): void {
    if (x === lastX && q2 === lastQ2) return
    if (!(x > 0 && x <= 1 && q2 > 0 && q2 < Infinity))
      throw new AppError(
        'physics/out-of-range',
        `${id} needs 0 < x <= 1 and a positive finite Q^2, got x = ${x}, Q^2 = ${q2} GeV^2.`,
      )
    if (q2 > q2Max) {
      const second = inside.lastButOneQ2
      atScale(x, q2Max, result)
      atScale(x, second, upper)
      extrapolate(result, upper, Math.log(q2 / q2Max) / Math.log(second / q2Max))
    } else if (q2 < q2Min) {
      atScale(x, q2Min, result)
      atScale(x, 1.01 * q2Min, upper)
      const ratio = q2 / q2Min
      for (let p = 0; p < partons; p++) {
        const edge = result[p]
        const slope = Math.abs(edge) < 1e-5 ? 1 : Math.max(-2.5, (upper[p] / edge - 1) / 0.01)
        result[p] = edge * ratio ** (slope * ratio + 1 - ratio)
      }
    } else {
      atScale(x, q2, result)
    }
    lastX = x
    lastQ2 = q2
  }

  return {
    id,
    description: describe(id, header, info),
    xMin,
    xMax,
    qMin: Math.sqrt(q2Min),
    qMax: Math.sqrt(q2Max),
    xfxQ2(pdgId: PartonId, x, q2) {
      evaluate(x, q2)
      return result[pdgId === 21 ? 10 : pdgId < 0 ? pdgId + 5 : pdgId + 4]
    },
    xfxQ2All(x, q2, out = new Float64Array(partons)) {
      evaluate(x, q2)
      out.set(result)
      return out
    },
    ...(info?.AlphaS_Qs && info.AlphaS_Vals
      ? { alphaS: tabulatedAlphaS(info.AlphaS_Qs, info.AlphaS_Vals) }
      : {}),
  }
}

function describe(id: string, header: Readonly<Record<string, string>>, info: LhaInfo | undefined): string {
  const kind = header.PdfType ? ` (${header.PdfType} member)` : ''
  const cite = info?.Reference ?? 'the paper of the set'
  return `LHAPDF grid ${id}${kind} from your file${info?.SetDesc ? `: ${info.SetDesc}` : ''}. Cite ${cite} and LHAPDF6, arXiv:1412.7420.`
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
    q2: knotAxis(q2, linear),
    nq: q.length,
    q2Low: q2[0],
    q2High: q2[q2.length - 1],
    values: sorted,
  }
}

/** Continues the line through ln x f (or x f, unless both exceed 1e-3) at 0 and 1 to `fraction`, in place. */
function extrapolate(edge: Float64Array, second: Float64Array, fraction: number): void {
  for (let p = 0; p < partons; p++)
    edge[p] =
      edge[p] > 1e-3 && second[p] > 1e-3
        ? edge[p] * (second[p] / edge[p]) ** fraction
        : edge[p] + fraction * (second[p] - edge[p])
}

/** Interpolation within the grid. Remembers its last interval and weights; allocates nothing per call. */
function createReader(sheets: readonly Sheet[]) {
  let sheet = sheets[0]
  let q2Seen = NaN
  let xSeen = NaN
  let ix = 0
  let iq = 0
  const xWeights = new Float64Array(4)
  const qWeights = new Float64Array(4)

  function setScale(q2: number): void {
    if (q2 === q2Seen) return
    const before = sheet
    // At a threshold the upper subgrid is meant.
    sheet = sheets[0]
    for (const candidate of sheets) if (candidate.q2Low <= q2) sheet = candidate
    if (sheet !== before) xSeen = NaN
    const log = Math.log(q2)
    iq = findInterval(sheet.q2, log, iq)
    hermiteWeights(sheet.q2, iq, log, qWeights)
    q2Seen = q2
  }

  function setX(x: number): void {
    if (x === xSeen) return
    const log = Math.log(x)
    ix = findInterval(sheet.x, log, ix)
    hermiteWeights(sheet.x, ix, log, xWeights)
    xSeen = x
  }

  const last = sheets[sheets.length - 1].q2.logs
  return {
    lastButOneQ2: Math.exp(last[last.length - 2]),
    secondX(q2: number): number {
      setScale(q2)
      return Math.exp(sheet.x.logs[1])
    },
    read(x: number, q2: number, out: Float64Array): void {
      setScale(q2)
      setX(x)
      const { values, nq } = sheet
      out.fill(0)
      for (let a = 0; a < 4; a++) {
        if (xWeights[a] === 0) continue
        for (let b = 0; b < 4; b++) {
          const weight = xWeights[a] * qWeights[b]
          if (weight === 0) continue
          const at = ((ix - 1 + a) * nq + iq - 1 + b) * partons
          for (let p = 0; p < partons; p++) out[p] += weight * values[at + p]
        }
      }
    },
  }
}
