import { operators, type OperatorFamily } from '../../../../physics/smeft/operators.ts'
import type { UniverseModel } from '../universes.ts'
import { massRange, strengthAt, type ShapeChoice } from './shapes.ts'

/** A kind of anomaly to be found among replicas of universes of the prior. */
export type AnomalyClass = {
  id: string
  label: string
  meaning: string
} & (
  | { kind: 'outside'; factor: number }
  | { kind: 'unseen'; family: OperatorFamily }
  | { kind: 'shape'; shape: ShapeChoice; distance: number }
)

const shapes: { name: string; shape: ShapeChoice }[] = [
  {
    name: 'resonance at 400 GeV, width 12 GeV',
    shape: { kind: 'resonance', massGeV: 400, widthGeV: 12, strength: 0 },
  },
  {
    name: 'resonance at 1200 GeV, width 120 GeV',
    shape: { kind: 'resonance', massGeV: 1200, widthGeV: 120, strength: 0 },
  },
  { name: 'kink at 300 GeV', shape: { kind: 'kink', massGeV: 300, strength: 0 } },
  { name: 'slope', shape: { kind: 'slope', strength: 0 } },
]

/** Distances by which the shapes move the SM, in units of the noise. */
export const shapeLadder = [3, 6, 12] as const

/**
 * Universes larger than the prior allows, universes with operators that "known" leaves out, and shapes that no
 * dimension-6 operator makes, each shape at a ladder of strengths. Shapes outside the bins are left out.
 */
export function anomalyClasses(model: UniverseModel): AnomalyClass[] {
  const [low, high] = massRange(model)
  const visible = shapes.filter(
    ({ shape }) => !('massGeV' in shape) || (shape.massGeV > low && shape.massGeV < high),
  )
  return [
    ...[2, 3].map((factor): AnomalyClass => ({
      id: `outside-${factor}`,
      label: `coefficients to ${factor} × the prior`,
      meaning: `universes drawn from ${factor} times the prior's half widths: no new shape, only size`,
      kind: 'outside',
      factor,
    })),
    ...(['four-fermion', 'oblique'] as const).map((family): AnomalyClass => ({
      id: `unseen-${family}`,
      label: `unseen ${family} operators`,
      meaning: `known universes, linear map and templates have ${namesOf(family)} at zero; the anomalies have them on. A shipped encoder has seen them in its training.`,
      kind: 'unseen',
      family,
    })),
    ...visible.flatMap(({ name, shape }) =>
      shapeLadder.map((distance): AnomalyClass => {
        const strength = strengthAt(model, shape, distance)
        return {
          id: `${shape.kind}${'massGeV' in shape ? `-${shape.massGeV}` : ''}-${distance}`,
          label: `${name}, D = ${distance}`,
          meaning: `universes of the prior plus the shape on the SM cross-section, ${shape.kind === 'resonance' ? 'height' : 'exponent'} ${strength.toPrecision(3)}`,
          kind: 'shape',
          shape: { ...shape, strength },
          distance,
        }
      }),
    ),
  ]
}

function namesOf(family: OperatorFamily): string {
  return operators
    .filter((operator) => operator.family === family)
    .map(({ name }) => name)
    .join(', ')
}

/** The same dataset with some operators at zero. */
export function withoutFamily(model: UniverseModel, family: OperatorFamily): UniverseModel {
  return {
    ...model,
    prior: {
      name: `${model.prior.name}-without-${family}`,
      description: model.prior.description,
      halfWidth: model.prior.halfWidth.map((h, o) => (operators[o].family === family ? 0 : h)),
    },
  }
}

export function withWiderPrior(model: UniverseModel, factor: number): UniverseModel {
  return {
    ...model,
    prior: {
      name: `${model.prior.name}-times-${factor}`,
      description: model.prior.description,
      halfWidth: model.prior.halfWidth.map((h) => factor * h),
    },
  }
}
