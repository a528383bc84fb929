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
    return {
      x,
      q,
      xf: Object.fromEntries(
        partonIds.map((id) => [String(id), x.map((value) => pdf.xfxQ2(id, value, q * q))]),
      ),
    }
  },
}
