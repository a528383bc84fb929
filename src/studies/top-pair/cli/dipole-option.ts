import { dipoleConventions, dipoleFrom, type DipoleConvention } from '../../../physics/top-pair/operators.ts'
import type { OptionTable } from '../../../cli/options/option.ts'
import type { OptionValues } from '../../../cli/options/option-values.ts'

/** Whose c_tG is meant, shared by the commands in which one meets it. */
export const dipoleOption = {
  ctg: {
    kind: 'choice',
    choices: dipoleConventions,
    default: 'dim6top',
    help: "whose c_tG: dim6top (the app's), SMEFTsim (ctGRe = -c_tG) or SMEFTatNLO (SMEFiT's ctG = c_tG / g_s)",
  },
} as const satisfies OptionTable

export interface DipoleScale {
  convention: DipoleConvention
  /** c_tG of the app = factor x coefficient of the convention. */
  factor: number
}

export function dipoleScale(
  { ctg: convention }: OptionValues<typeof dipoleOption>,
  alphaS: number,
): DipoleScale {
  return { convention, factor: dipoleFrom(convention, 1, Math.sqrt(4 * Math.PI * alphaS)) }
}
