import { readFile } from 'node:fs/promises'
import { readWcxf } from '../../../physics/smeft/wcxf.ts'
import { universalCoefficients } from '../../../physics/smeft/wcxf-universal.ts'
import { defineCommand } from '../../../cli/command.ts'

export const wcxfCommand = defineCommand({
  summary: 'a WCxf file (JSON or YAML) as the 17 coefficients that Drell-Yan sees',
  options: {
    in: {
      required: true,
      kind: 'file',
      what: 'WCxf file',
      help: 'EFT SMEFT; basis Warsaw or Warsaw up, values in GeV^-2, or SMEFTsim_U35, values in TeV^-2',
    },
  },
  run: async (options, log) => {
    const path = options.in
    const file = await readWcxf(await readFile(path, 'utf8'), path)
    const { coefficients, rows, messages } = universalCoefficients(file)
    for (const message of messages) log(message)
    return {
      basis: file.basis,
      scaleGeV: file.scaleGeV,
      unit: 'TeV^-2',
      coefficients,
      entries: rows.map(({ name, gev, tev, use, operator }) => ({
        name,
        perGeV2: gev,
        perTeV2: tev,
        use,
        ...(operator && { operator }),
      })),
      messages,
    }
  },
})
