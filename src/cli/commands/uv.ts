import { AppError } from '../../errors.ts'
import { coefficientsOf, couplingsOf } from '../../physics/uv/uv-coefficients.ts'
import { drellYanReach, irrepOf, uvModel, uvModels } from '../../physics/uv/uv-models.ts'
import { numberOption } from '../arguments.ts'
import type { Command } from '../command.ts'

export const uvCommand: Command = {
  summary: 'Warsaw coefficients of a heavy field, or the list of fields',
  options: {
    model: { help: `one of ${uvModels.map(({ id }) => id).join(' ')}; without it, all are listed` },
    mass: { default: '3', help: 'mass [TeV]' },
    coupling: { help: 'comma-separated name=value; the others have their defaults' },
  },
  run: (options) =>
    Promise.resolve(
      options.model === undefined
        ? list()
        : matched(options.model, numberOption(options, 'mass'), options.coupling),
    ),
}

function list(): unknown {
  return uvModels.map((model) => ({
    model: model.id,
    group: model.group,
    irreps: model.fields.map(irrepOf),
    drellYan: drellYanReach(model.terms.map(({ to }) => to)),
    couplings: Object.fromEntries(model.couplings.map(({ name, default: value }) => [name, value])),
  }))
}

function matched(id: string, massTeV: number, text: string | undefined): unknown {
  const model = uvModel(id)
  const couplings = couplingsOf(model, parseCouplings(text))
  const found = coefficientsOf(model, couplings, massTeV)
  return {
    model: id,
    massTeV,
    couplings,
    unit: 'TeV^-2',
    reach: drellYanReach(Object.keys(found.drellYan)),
    ...found,
    notes: model.notes,
  }
}

function parseCouplings(text: string | undefined): Record<string, number> {
  if (text === undefined) return {}
  return Object.fromEntries(
    text.split(',').map((part) => {
      const [name, value, ...rest] = part.split('=')
      const number = Number(value)
      if (!name || rest.length > 0 || !value?.trim() || !Number.isFinite(number))
        throw new AppError(
          'input/invalid',
          `--coupling needs name=value, got "${part}". Write e.g. lambda=1.`,
        )
      return [name.trim(), number]
    }),
  )
}
