import { AppError } from '../../errors.ts'
import { createGridReader, extrapolate } from './grid-reader.ts'
import type { LhaInfo } from './lha-info.ts'
import { parseLhaGrid } from './lhagrid.ts'
import { partonIds, partonIndex, type PartonId, type PdfSet } from './pdf-set.ts'
import { infoAlphaS } from './info-alpha-s.ts'

const partons = partonIds.length

/**
 * One member of an LHAPDF6 set as a PdfSet, with LHAPDF's "logcubic" rule between knots and its "continuation"
 * outside them (arXiv:1412.7420): below xMin and above qMax a straight
 * line in the logarithm, of ln x f where both edge values exceed 1e-3; below qMin a power of Q^2 that begins with
 * the slope at the edge and tends to one. LHAPDF refuses x above the last knot; here x f falls linearly to zero
 * at x = 1. Partons the file does not list are zero.
 *
 * The set's alpha_s comes from `info`, see infoAlphaS.
 *
 * @param text  contents of SET_0000.dat
 * @throws      AppError 'data/corrupt' or 'data/unsupported', see parseLhaGrid
 */
export function createGridPdf(text: string, label: { id: string; info?: LhaInfo }): PdfSet {
  const { id, info } = label
  const { header, subgrids } = parseLhaGrid(text, id)
  const xMin = Math.max(...subgrids.map((s) => s.x[0]))
  const xMax = Math.min(...subgrids.map((s) => s.x[s.x.length - 1]))
  const inside = createGridReader(subgrids)
  const { q2Min, q2Max, knots } = inside

  let lastX = NaN
  let lastQ2 = NaN
  const result = new Float64Array(partons)
  const upper = new Float64Array(partons)

  function evaluate(x: number, q2: number): void {
    if (x === lastX && q2 === lastQ2) return
    if (!(x > 0 && x <= 1 && q2 > 0 && q2 < Infinity))
      throw new AppError(
        'physics/out-of-range',
        `${id} needs 0 < x <= 1 and a positive finite Q^2, got x = ${x}, Q^2 = ${q2} GeV^2.`,
      )
    if (q2 > q2Max) {
      const second = inside.lastButOneQ2
      inside.read(x, q2Max, result)
      inside.read(x, second, upper)
      extrapolate(result, upper, Math.log(q2 / q2Max) / Math.log(second / q2Max))
    } else if (q2 < q2Min) {
      inside.read(x, q2Min, result)
      inside.read(x, 1.01 * q2Min, upper)
      const ratio = q2 / q2Min
      for (let p = 0; p < partons; p++) {
        const edge = result[p]
        const slope = Math.abs(edge) < 1e-5 ? 1 : Math.max(-2.5, (upper[p] / edge - 1) / 0.01)
        result[p] = edge * ratio ** (slope * ratio + 1 - ratio)
      }
    } else {
      inside.read(x, q2, result)
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
      return result[partonIndex(pdgId)]
    },
    xfxQ2All(x, q2, out = new Float64Array(partons)) {
      evaluate(x, q2)
      for (let p = 0; p < partons; p++) out[p] = result[p]
      return out
    },
    ...(knots && { knots: () => knots }),
    ...(info?.OrderQCD !== undefined && { orderQcd: info.OrderQCD }),
    ...(info ? infoAlphaS(info, id) : {}),
  }
}

function describe(id: string, header: Readonly<Record<string, string>>, info: LhaInfo | undefined): string {
  const kind = header.PdfType ? ` (${header.PdfType} member)` : ''
  const cite = info?.Reference ?? 'the paper of the set'
  return `LHAPDF grid ${id}${kind} from your file${info?.SetDesc ? `: ${info.SetDesc}` : ''}. Cite ${cite} and LHAPDF6, arXiv:1412.7420.`
}
