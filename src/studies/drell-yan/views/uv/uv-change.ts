import { operatorNames } from '../../../../physics/smeft/operators.ts'
import { coefficientsOf } from '../../../../physics/uv/uv-coefficients.ts'
import { uvModel } from '../../../../physics/uv/uv-models.ts'
import type { DrellYanIntent, UvIntent } from '../../intent.ts'
import { ifKnown } from './if-known.ts'

/** Range of the sliders' coefficients in a link [TeV⁻²]. */
const largest = 100

/** What choosing a model, coupling or mass changes: the sliders take the model's coefficients. */
export function uvChange(uv: UvIntent): Pick<DrellYanIntent, 'uv' | 'coefficients' | 'focus'> {
  return { uv, coefficients: uvSliders(uv), focus: { kind: 'live' } }
}

/** C/Λ² [TeV⁻²] of the sliders for a model. @throws AppError 'input/invalid' for a model or coupling unknown here */
export function uvSliders({ model, couplings, massTeV }: UvIntent): DrellYanIntent['coefficients'] {
  const { drellYan } = coefficientsOf(uvModel(model), couplings, massTeV)
  const out: DrellYanIntent['coefficients'] = {}
  for (const name of operatorNames) {
    const value = drellYan[name]
    if (value) out[name] = Math.max(-largest, Math.min(largest, value))
  }
  return out
}

/** The sliders stand where the model puts them; false for a model that this page does not have. */
export function standsWithModel(uv: UvIntent, coefficients: DrellYanIntent['coefficients']): boolean {
  const wanted = ifKnown(() => uvSliders(uv))
  if (!wanted) return false
  return operatorNames.every((name) => (wanted[name] ?? 0) === (coefficients[name] ?? 0))
}

/** A model to begin with: its default couplings at a mass where most of them can be seen. */
export function startingUv(model: string): UvIntent {
  return { model, couplings: {}, massTeV: 3 }
}
