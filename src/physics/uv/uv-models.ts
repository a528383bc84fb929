import * as z from 'zod'
import { AppError } from '../../errors.ts'
import { operatorNames, operators, type OperatorName } from '../smeft/operators.ts'
import { topPairOperatorNames, type TopPairOperatorName } from '../top-pair/operators.ts'
import data from './models.json'

z.config({ jitless: true })

export const uvGroups = ['lepton partners', 'quark partners', 'scalars', 'vectors', 'leptoquarks'] as const

const label = z.string().min(1).max(400)
const fileSchema = z.object({
  about: label,
  sources: z.record(z.string(), z.object({ text: label, url: z.url() })),
  vevTeV: z.number().positive(),
  massesGeV: z.object({ t: z.number().positive(), b: z.number().positive(), tau: z.number().positive() }),
  others: z.record(z.string(), z.object({ symbol: label, meaning: label })),
  models: z.array(
    z.object({
      id: z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,15}$/),
      symbol: label,
      group: z.enum(uvGroups),
      spin: z.enum(['scalar', 'fermion', 'vector']),
      /** Light multiplet that a single heavy fermion mixes with. */
      mixesWith: z.enum(['l', 'e', 'q', 'u', 'd']).optional(),
      /** Colour representation, weak isospin, six times the hypercharge. */
      fields: z
        .array(
          z.object({
            colour: z.union([z.literal(1), z.literal(3), z.literal(8)]),
            isospin: z.number(),
            sixY: z.int(),
          }),
        )
        .min(1),
      /** What a product of couplings is divided by: M^2, M^4 or the squared vacuum value (no mass dependence). */
      scale: z.enum(['M2', 'M4', 'vev2']),
      couplings: z
        .array(
          z.object({
            name: z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,15}$/),
            symbol: label,
            meaning: label,
            unit: z.literal('TeV').optional(),
            default: z.number(),
            max: z.number().positive(),
          }),
        )
        .min(1),
      terms: z
        .array(
          z.object({
            to: z.string(),
            factor: z.number(),
            couplings: z.array(z.string()).length(2),
            yukawa: z.enum(['t', 'b', 'tau']).optional(),
          }),
        )
        .min(1),
      notes: z.array(label),
      sources: z.array(z.string()).min(1),
    }),
  ),
})

/** Tree-level dictionary of heavy fields; facts and sources stand in models.json. */
export const uvDictionary = fileSchema.parse(data)

export type UvModel = (typeof uvDictionary.models)[number]

export const uvModels: readonly UvModel[] = uvDictionary.models

/** @throws AppError 'input/invalid' naming the models there are */
export function uvModel(id: string): UvModel {
  const model = uvModels.find((entry) => entry.id === id)
  if (!model)
    throw new AppError(
      'input/invalid',
      `There is no UV model "${id}"; known: ${uvModels.map((entry) => entry.id).join(', ')}.`,
      { model: id },
    )
  return model
}

/** SU(3) and SU(2) representation and hypercharge of one heavy field in plain text: "(3, 3), Y = −1/3". */
export function irrepOf({ colour, isospin, sixY }: UvModel['fields'][number]): string {
  const divisor = [6, 3, 2, 1].find((n) => sixY % n === 0) ?? 1
  const [above, below] = [Math.abs(sixY / divisor), 6 / divisor]
  return `(${colour}, ${2 * isospin + 1}), Y = ${sixY < 0 ? '−' : ''}${below === 1 ? above : `${above}/${below}`}`
}

export const isDrellYan = (name: string): name is OperatorName =>
  (operatorNames as readonly string[]).includes(name)
export const isTopPair = (name: string): name is TopPairOperatorName =>
  (topPairOperatorNames as readonly string[]).includes(name)

/**
 * What pp → ℓℓ sees of a model: nothing, the measured Fermi constant alone, constant shifts of inputs and Z
 * couplings, or contact terms that grow with energy. Couplings that are zero do not count when they are given.
 */
export type DrellYanReach = 'none' | 'fermi-constant' | 'couplings' | 'grows'

export function drellYanReach(names: Iterable<string>): DrellYanReach {
  const seen = [...names].filter(isDrellYan)
  if (seen.length === 0) return 'none'
  if (seen.some((name) => operators[operatorNames.indexOf(name)].energy === 'grows with s')) return 'grows'
  return seen.every((name) => name === 'cll1') ? 'fermi-constant' : 'couplings'
}
