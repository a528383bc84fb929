import { AppError } from '../../../../errors.ts'
import {
  kink,
  resonance,
  shapeFactors,
  slope,
  type MassShape,
} from '../../../../physics/drell-yan/anomalous-shapes.ts'
import { massPerUnit } from '../../../../physics/drell-yan/spectrum-templates.ts'
import type { UniverseModel } from '../universes.ts'
import { whitenDifferences } from './theory.ts'

/** A deformation that can be drawn by hand; `strength` is 0 for none. */
export type ShapeChoice =
  | { kind: 'resonance'; massGeV: number; widthGeV: number; strength: number }
  | { kind: 'kink'; massGeV: number; strength: number }
  | { kind: 'slope'; strength: number }

/** Masses at which a shape can be seen: those of the m_ll bins, or twice the p_T where only that was binned. */
export function massRange({ templates }: Pick<UniverseModel, 'templates'>): [number, number] {
  const { name, edges } = templates.observables.find((o) => o.name !== 'ptl') ?? templates.observables[0]
  const scale = massPerUnit[name]
  return [scale * edges[0], scale * edges[edges.length - 1]]
}

/** What a shape of the SM's own cross-section adds to any spectrum, pb per bin. */
export function shapeExcess(
  { templates }: Pick<UniverseModel, 'templates'>,
  shape: ShapeChoice,
): Float64Array {
  const { sm } = templates
  return shapeFactors(templates, factorOf(shape)).map((factor, b) => (factor - 1) * sm[b])
}

/** The factor on the SM's cross-section at a mass [GeV]. */
export function factorOf(shape: ShapeChoice): MassShape {
  if (shape.kind === 'resonance') return resonance(shape.massGeV, shape.widthGeV, shape.strength)
  return shape.kind === 'kink' ? kink(shape.massGeV, shape.strength) : slope(shape.strength)
}

/** The same in whitened coordinates, where its length is the distance it moves a spectrum. */
export function whitenedExcess(model: UniverseModel, shape: ShapeChoice): Float64Array {
  return whitenDifferences(model.whitening, shapeExcess(model, shape), 1)
}

/** The positive strength at which a shape moves the SM by `distance`, by bisection. */
export function strengthAt(model: UniverseModel, shape: ShapeChoice, distance: number): number {
  const length = (strength: number) => Math.hypot(...whitenedExcess(model, { ...shape, strength }))
  let high = 0.01
  while (length(high) < distance) {
    high *= 2
    if (high > 1e6)
      throw new AppError(
        'physics/out-of-range',
        `A ${shape.kind} does not move the spectrum by ${distance} at any strength. Put it inside the bins.`,
        { distance },
      )
  }
  let low = 0
  for (let i = 0; i < 40; i++) {
    const middle = 0.5 * (low + high)
    if (length(middle) < distance) low = middle
    else high = middle
  }
  return 0.5 * (low + high)
}
