import { shapeExcess, type ShapeChoice } from '../analysis/anomaly/shapes.ts'
import type { UniverseModel } from '../analysis/universes.ts'
import { AppError } from '../../../errors.ts'
import { shapeSchema } from '../intent.ts'
import type { OptionTable } from '../../../cli/options/option.ts'
import { rangeOf } from '../../../cli/options/ranges.ts'
import type { OptionValues } from '../../../cli/options/option-values.ts'

const mass = { name: 'mass', ...rangeOf(shapeSchema.shape.massGeV, 'GeV') }
const width = { name: 'width', ...rangeOf(shapeSchema.shape.widthGeV, 'GeV') }
const strength = { name: 'strength', ...rangeOf(shapeSchema.shape.strength) }

/** What can be drawn on a spectrum, by every command that asks about one. */
export const shapeOptions = {
  resonance: {
    kind: 'tuple',
    parts: [mass, width, strength],
    help: 'drawn on the spectrum, strength in units of the SM at its peak',
  },
  kink: { kind: 'tuple', parts: [mass, strength], help: 'drawn on the spectrum: change of its exponent' },
  slope: { kind: 'tuple', parts: [strength], help: 'drawn on the spectrum: its exponent' },
} as const satisfies OptionTable

export function drawnShapes({
  resonance: bump,
  kink: bend,
  slope: tilt,
}: OptionValues<typeof shapeOptions>): ShapeChoice[] {
  return [
    ...(bump ? [{ kind: 'resonance', massGeV: bump[0], widthGeV: bump[1], strength: bump[2] } as const] : []),
    ...(bend ? [{ kind: 'kink', massGeV: bend[0], strength: bend[1] } as const] : []),
    ...(tilt ? [{ kind: 'slope', strength: tilt[0] } as const] : []),
  ]
}

/** Beyond it a shape is no deviation of a spectrum, and chi2 runs out of the range of numbers. */
const largestFactor = 1e6

/**
 * Spectra with the shapes on them.
 *
 * @param spectra  [rows, bins] pb per bin, left as they are
 * @throws AppError 'physics/out-of-range' for a shape beyond all proportion
 */
export function withShapes(
  model: Pick<UniverseModel, 'templates'>,
  shapes: readonly ShapeChoice[],
  spectra: ArrayLike<number>,
): Float64Array {
  const out = Float64Array.from(spectra)
  const bins = model.templates.bins
  for (const shape of shapes) {
    const excess = shapeExcess(model, shape)
    const factor = excess.reduce(
      (most, value, b) => Math.max(most, Math.abs(value / model.templates.sm[b])),
      0,
    )
    if (!(factor <= largestFactor))
      throw new AppError(
        'physics/out-of-range',
        `The ${shape.kind} of strength ${shape.strength} changes a bin by ${factor.toPrecision(2)} times the SM, at most ${largestFactor} are drawn. Weaken it.`,
      )
    for (let at = 0; at < out.length; at++) out[at] += excess[at % bins]
  }
  return out
}
