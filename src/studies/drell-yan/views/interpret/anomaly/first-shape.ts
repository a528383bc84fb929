import { massRange } from '../../../analysis/anomaly/shapes.ts'
import type { UniverseModel } from '../../../analysis/universes.ts'
import type { ShapeIntent } from '../../../intent.ts'

/** A first shape of a kind, well inside the bins and large enough to be seen. */
export function firstShape(kind: ShapeIntent['kind'], model: UniverseModel): ShapeIntent {
  const [low, high] = massRange(model)
  const massGeV = Math.round(Math.min(Math.max(400, 1.5 * low), 0.6 * high))
  return { kind, massGeV, widthGeV: Math.round(0.05 * massGeV), strength: 0.15 }
}
