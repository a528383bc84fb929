import { partonIndex, type PdfSet } from '../pdf/pdf-set.ts'

/** Up-type (u, c), down-type (d, s) and b, each with the quark in beam 1 and in beam 2, then g g. */
export const fluxCount = 7
export const gluonFlux = 6

const up = partonIndex(2)
const upBar = partonIndex(-2)
const charm = partonIndex(4)
const charmBar = partonIndex(-4)
const down = partonIndex(1)
const downBar = partonIndex(-1)
const strange = partonIndex(3)
const strangeBar = partonIndex(-3)
const bottom = partonIndex(5)
const bottomBar = partonIndex(-5)
const gluon = partonIndex(21)

/** Reads the sums of products of densities x1 f(x1) x2 f(x2) at one fixed scale; allocates nothing per call. */
export function createFluxes(
  pdf: PdfSet,
  muGeV: number,
): (x1: number, x2: number, out: Float64Array) => void {
  const q2 = muGeV * muGeV
  const a = new Float64Array(11)
  const b = new Float64Array(11)
  return (x1, x2, out) => {
    if (x1 >= 1 || x2 >= 1) {
      out.fill(0)
      return
    }
    pdf.xfxQ2All(x1, q2, a)
    pdf.xfxQ2All(x2, q2, b)
    out[0] = a[up] * b[upBar] + a[charm] * b[charmBar]
    out[1] = a[upBar] * b[up] + a[charmBar] * b[charm]
    out[2] = a[down] * b[downBar] + a[strange] * b[strangeBar]
    out[3] = a[downBar] * b[down] + a[strangeBar] * b[strange]
    out[4] = a[bottom] * b[bottomBar]
    out[5] = a[bottomBar] * b[bottom]
    out[6] = a[gluon] * b[gluon]
  }
}
