import { dipoleConventions, dipoleFrom, type DipoleConvention } from '../physics/top-pair/operators.ts'
import { choiceOption, type OptionTable } from './arguments.ts'

/** Whose c_tG is meant, shared by the commands in which one meets it. */
export const dipoleOption = {
  ctg: {
    default: 'dim6top',
    help: "whose c_tG: dim6top (the app's), SMEFTsim (ctGRe = -c_tG) or SMEFTatNLO (SMEFiT's ctG = c_tG / g_s)",
  },
} satisfies OptionTable

export interface DipoleScale {
  convention: DipoleConvention
  /** c_tG of the app = factor x coefficient of the convention. */
  factor: number
}

export function dipoleScale(options: Record<string, string | undefined>, alphaS: number): DipoleScale {
  const convention = choiceOption(options, 'ctg', dipoleConventions)
  return { convention, factor: dipoleFrom(convention, 1, Math.sqrt(4 * Math.PI * alphaS)) }
}
