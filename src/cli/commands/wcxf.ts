import { readFile } from 'node:fs/promises'
import { AppError } from '../../errors.ts'
import { readWcxf, universalCoefficients } from '../../physics/smeft/wcxf.ts'
import { required } from '../arguments.ts'
import type { Command } from '../command.ts'

export const wcxfCommand: Command = {
  summary: 'a WCxf file (JSON or YAML) as the 17 coefficients that Drell-Yan sees',
  options: { in: { help: 'file; EFT SMEFT, basis Warsaw or Warsaw up, values in GeV^-2' } },
  run: async (options, log) => {
    const path = required(options, 'in')
    const text = await readFile(path, 'utf8').catch(() => {
      throw new AppError('data/not-found', `There is no file ${path} that can be read.`)
    })
    const file = readWcxf(text, path)
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
}
