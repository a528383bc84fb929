import { createRunningCoupling, ct14loCoupling } from './alpha-s.ts'
import type { LhaInfo } from './lha-info.ts'
import type { PdfSet } from './pdf-set.ts'
import { tabulatedAlphaS } from './tabulated-alpha-s.ts'

/**
 * The strong coupling that an .info file promises for its set: the table AlphaS_Qs, AlphaS_Vals; without one,
 * AlphaS_MZ run at AlphaS_OrderQCD + 1 loops (OrderQCD's where that is absent), two at most, five flavours at M_Z, with
 * the set's thresholds. Nothing where the file names no coupling.
 *
 * Source: LHAPDF6 (arXiv:1412.7420), metadata keys.
 */
export function infoAlphaS(info: LhaInfo, id: string): Pick<PdfSet, 'alphaS' | 'alphaSSource'> {
  if (info.AlphaS_Qs && info.AlphaS_Vals)
    return {
      alphaS: tabulatedAlphaS(info.AlphaS_Qs, info.AlphaS_Vals),
      alphaSSource: `table of alpha_s in the .info of ${id}`,
    }
  if (info.AlphaS_MZ === undefined) return {}
  const order = info.AlphaS_OrderQCD ?? info.OrderQCD
  const loops = order === 0 ? 1 : 2
  const mZ = info.MZ ?? 91.1876
  const coupling = createRunningCoupling({
    loops,
    referenceScale: mZ,
    referenceValue: info.AlphaS_MZ,
    charmMass: info.ThresholdCharm ?? info.MCharm ?? ct14loCoupling.charmMass,
    bottomMass: info.ThresholdBottom ?? info.MBottom ?? ct14loCoupling.bottomMass,
  })
  const said =
    order === undefined
      ? ' (no AlphaS_OrderQCD is given)'
      : order > 1
        ? ` (AlphaS_OrderQCD ${order} asks for ${order + 1}; at most two are run)`
        : ''
  return {
    alphaS: (q) => coupling.alphaS(q),
    alphaSSource: `AlphaS_MZ = ${info.AlphaS_MZ} of the .info of ${id}, run at ${loops === 1 ? 'one loop' : 'two loops'} from ${mZ} GeV${said}`,
  }
}
