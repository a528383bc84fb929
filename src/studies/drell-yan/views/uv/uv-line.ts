import { createMlpRunner, mlpOutputs } from '../../../../ml/mlp.ts'
import { whitenSpectra } from '../../analysis/whitening.ts'
import { morphSpectrum } from '../../../../physics/drell-yan/spectrum-templates.ts'
import { operatorNames } from '../../../../physics/smeft/operators.ts'
import { coefficientsOf } from '../../../../physics/uv/uv-coefficients.ts'
import { uvModel } from '../../../../physics/uv/uv-models.ts'
import type { DrellYanIntent, UvIntent } from '../../intent.ts'
import type { OpenDataset } from '../../state/drell-yan-state.ts'
import type { MapPath, MapPlace } from '../../../../ui/map/types.ts'

const heaviest = 100 // TeV, as good as the Standard Model
/** Masses that are marked; the line ends at the last one. */
const ticksTeV = [0.5, 0.7, 1, 1.5, 2, 3, 5, 7, 10, 20, 50]
const pointsPerTick = 10
/** The dashed part ends where a coefficient is this many prior half widths from zero. */
const reach = 3

/**
 * The line of a model as its mass runs from 100 TeV down, solid while every coefficient is within the prior that
 * encoders were trained on, dashed up to three times that; ticks carry the mass. Empty where pp → ℓℓ sees nothing.
 */
export function uvLine(
  open: OpenDataset,
  uv: Pick<UvIntent, 'model' | 'couplings'>,
  order: DrellYanIntent['order'],
): MapPath[] {
  const model = uvModel(uv.model)
  const { halfWidth } = open.header.universeModel.prior
  const at = (massTeV: number) => {
    const { drellYan } = coefficientsOf(model, uv.couplings, massTeV)
    return Float64Array.from(operatorNames, (name) => drellYan[name] ?? 0)
  }
  if (model.scale === 'vev2' || at(1).every((value) => value === 0)) return []
  const outside = (massTeV: number) =>
    at(massTeV).reduce((most, value, o) => Math.max(most, Math.abs(value) / halfWidth[o]), 0)

  const runner = createMlpRunner(open.encoder.mlp)
  const latent = new Float32Array(mlpOutputs(open.encoder.mlp))
  const place = (massTeV: number): MapPlace => {
    const spectrum = morphSpectrum(open.header.universeModel.templates, at(massTeV), order)
    runner.run(whitenSpectra(open.header.universeModel.whitening, spectrum, 1), latent)
    return { x: latent[0], y: latent[1] }
  }

  const solid: MapPlace[] = []
  const faint: MapPlace[] = []
  const steps = [heaviest, ...[...ticksTeV].reverse()]
  for (let k = 1; k < steps.length; k++)
    for (let i = k === 1 ? 0 : 1; i <= pointsPerTick; i++) {
      const mass = steps[k - 1] * (steps[k] / steps[k - 1]) ** (i / pointsPerTick)
      const far = outside(mass)
      if (far > reach) continue
      if (far <= 1) solid.push(place(mass))
      else {
        if (faint.length === 0 && solid.length > 0) faint.push(solid[solid.length - 1])
        faint.push(place(mass))
      }
    }
  const ticks = (inside: boolean) =>
    ticksTeV
      .filter((mass) => outside(mass) <= reach && outside(mass) <= 1 === inside)
      .map((mass) => ({ ...place(mass), label: `${mass} TeV` }))
  return [
    { points: solid, ticks: ticks(true) },
    { points: faint, ticks: ticks(false), faint: true },
  ].filter(({ points }) => points.length > 1)
}
