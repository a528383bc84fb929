import { AppError } from '../../errors.ts'
import { partonIds } from '../../physics/pdf/pdf-set.ts'
import { defineCommand } from '../command.ts'
import { pdfFromOption, pdfOption, tellPdf } from '../pdf-option.ts'

export const pdfCommand = defineCommand({
  summary: 'momentum densities x f(x, Q) of all partons',
  options: {
    set: pdfOption,
    x: {
      kind: 'numbers',
      least: 1,
      most: 10_000,
      min: 1e-9,
      max: 1,
      required: true,
      help: 'momentum fractions',
    },
    q: { kind: 'number', min: 0.1, max: 1e6, unit: 'GeV', required: true, help: 'scale Q, within the grid' },
  },
  run: async (options, log) => {
    const { x, q } = options
    const pdf = tellPdf(pdfFromOption(options.set, Math.min(...x)), log)
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
})
