import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { defineCommand } from '../../../cli/command.ts'
import { pdfFromOption, pdfOption, tellPdf } from '../../../cli/pdf-option.ts'
import { compareMeasured } from '../analysis/own-measurement/compare-measured.ts'
import { readMeasuredSpectrum } from '../analysis/own-measurement/measured-spectrum.ts'

export const measureCommand = defineCommand({
  summary:
    'a measured m_ll spectrum beside leading order: chi2 to the SM, K(m), photon radiation, one-sigma of each coefficient',
  options: {
    file: {
      kind: 'file',
      what: 'measured spectrum',
      required: true,
      help: 'a HEPData table (YAML, JSON, CSV) or the template of the page filled in, on any bins within 50 and 3000 GeV',
    },
    covariance: {
      kind: 'file',
      what: 'covariance or correlation',
      help: 'as a HEPData table of its own; default: that of the template, or independent bins',
    },
    radiation: {
      kind: 'flag',
      help: 'all bins, with the photon radiation of the leptons fitted; default: bins from 106 GeV up, where there are four',
    },
    pdf: pdfOption,
  },
  places: ['file'],
  run: async ({ file, covariance, radiation, pdf }, log) => {
    const files = [file, ...(covariance === undefined ? [] : [covariance])]
    const { measurement, notes } = await readMeasuredSpectrum(
      files.map((path) => ({ name: basename(path), text: readFileSync(path, 'utf8') })),
    )
    for (const note of notes) log(note)
    const densities = tellPdf(pdfFromOption(pdf, (measurement.edges[0] / measurement.sqrtSGeV) ** 2), log)
    const compared = compareMeasured(measurement, densities, radiation)
    const { title, sqrtSGeV } = measurement
    return { title, sqrtSGeV, pdf: densities.id, ...compared, notes }
  },
})
