import { partonIds, type PartonId } from '../physics/pdf/pdf-set.ts'
import { gridText } from './lhagrid-text.ts'
import { toyPdf } from './toy-pdf.ts'

const toy = toyPdf()
const x = Array.from({ length: 14 }, (_, i) => 1e-5 ** (1 - i / 13))
const q = [20, 60, 200, 700, 3000]

/**
 * A set of LHAPDF whose member m has factors[m] times the densities of the toy, so that its cross-sections of two partons go with the
 * square.
 *
 * @param info  lines that say how its members make errors
 */
export function toyPdfSet(
  id: string,
  info: string,
  factors: readonly number[],
): { info: string; members: { name: string; text: string }[] } {
  const members = factors.map((factor, member) => {
    const text = gridText(
      (pid, xi, qi) => (xi >= 1 ? 0 : factor * toy.xfxQ2(pid as PartonId, xi, qi * qi)),
      x,
      [q],
      partonIds,
    )
    const name = `${id}_${String(member).padStart(4, '0')}.dat`
    return { name, text: member === 0 ? text : text.replace('central', 'error') }
  })
  const head = `SetDesc: "toy"\nSetIndex: 1\nNumMembers: ${factors.length}\nParticle: 2212`
  return { info: `${head}\n${info}\n`, members }
}
