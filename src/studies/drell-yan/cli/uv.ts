import { coefficientsOf, couplingsOf } from '../../../physics/uv/uv-coefficients.ts'
import { drellYanReach, irrepOf, uvModel, uvModels } from '../../../physics/uv/uv-models.ts'
import { uvSchema } from '../intent.ts'
import { defineCommand } from '../../../cli/command.ts'
import { rangeOf } from '../../../cli/options/ranges.ts'

const couplingRange = rangeOf(uvSchema.shape.couplings.unwrap().valueType)
const couplingNames = new Set(uvModels.flatMap(({ couplings }) => couplings.map(({ name }) => name)))

export const uvCommand = defineCommand({
  summary: 'Warsaw coefficients of a heavy field, or the list of fields',
  options: {
    model: {
      kind: 'choice',
      choices: uvModels.map(({ id }) => id),
      help: 'the field; without it, all are listed',
    },
    mass: { kind: 'number', ...rangeOf(uvSchema.shape.massTeV, 'TeV'), default: '3', help: 'mass' },
    coupling: {
      kind: 'pairs',
      what: 'coupling',
      names: Object.fromEntries([...couplingNames].map((name) => [name, couplingRange])),
      help: 'those of the field; the others have their defaults',
    },
  },
  run: (options) =>
    Promise.resolve(
      options.model === undefined ? list() : matched(options.model, options.mass, options.coupling ?? {}),
    ),
})

function list(): unknown {
  return uvModels.map((model) => ({
    model: model.id,
    group: model.group,
    irreps: model.fields.map(irrepOf),
    drellYan: drellYanReach(model.terms.map(({ to }) => to)),
    couplings: Object.fromEntries(model.couplings.map(({ name, default: value }) => [name, value])),
  }))
}

function matched(id: string, massTeV: number, given: Record<string, number>): unknown {
  const model = uvModel(id)
  const couplings = couplingsOf(model, given)
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
