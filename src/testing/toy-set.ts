import type { PartonId } from '../physics/pdf/pdf-set.ts'
import type { PdfFile } from '../physics/pdf/open-pdf.ts'
import { gridText } from './lhagrid-text.ts'
import { toyPdf } from './toy-pdf.ts'

interface ToySetOptions {
  /** With an .info that names alpha_s and the order of the fit. */
  info?: 'lo' | 'nlo'
  /** Momentum fraction above which quarks are negative. */
  negativeFrom?: number
}

/** The toy densities as files that are dropped. */
export function toySetFiles({ info, negativeFrom = 1 }: ToySetOptions = {}): PdfFile[] {
  const pdf = toyPdf()
  const x = Array.from({ length: 60 }, (_, i) => 1e-6 * 1e6 ** (i / 59))
  const q = [1.3, 4, 10, 30, 91.1876, 300, 1000, 3000, 14_000]
  const at = (id: number, x: number, scale: number) =>
    pdf.xfxQ2(id as PartonId, x, scale * scale) * (x > negativeFrom && id < 0 ? -1 : 1)
  return [
    { name: 'Toy_0000.dat', text: gridText(at, x, [q]) },
    ...(info
      ? [
          {
            name: 'Toy.info',
            text: `SetDesc: "toy set"\nOrderQCD: ${info === 'lo' ? 0 : 1}\nAlphaS_MZ: 0.118\nAlphaS_OrderQCD: 1\n`,
          },
        ]
      : []),
  ]
}
