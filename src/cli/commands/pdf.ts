import { AppError } from '../../errors.ts'
import { partonIds } from '../../physics/pdf/pdf-set.ts'
import { numberOption, numbersOption, required } from '../arguments.ts'
import type { Command } from '../command.ts'
import { pdfFromOption } from '../pdf-option.ts'

export const pdfCommand: Command = {
  summary: 'momentum densities x f(x, Q) of all partons',
  options: {
    set: { default: 'default', help: 'default, or the path of an LHAPDF .dat file' },
    x: { help: 'momentum fractions, comma-separated' },
    q: { help: 'scale Q [GeV]' },
  },
  run: async (options) => {
    const x = numbersOption(options, 'x')
    const q = numberOption(options, 'q')
    const pdf = pdfFromOption(required(options, 'set'), Math.min(...x))
    const rounding = 1e-9 // a grid's first scale, written with a few digits, is inside
    if (!(q >= pdf.qMin * (1 - rounding) && q <= pdf.qMax * (1 + rounding)))
      throw new AppError(
        'physics/out-of-range',
        `--q is ${q} GeV, but ${pdf.id} reaches from ${pdf.qMin} to ${pdf.qMax} GeV. Choose a scale in between.`,
      )
    return {
      x,
      q,
      xf: Object.fromEntries(
        partonIds.map((id) => [String(id), x.map((value) => pdf.xfxQ2(id, value, q * q))]),
      ),
    }
  },
}
