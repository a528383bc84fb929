import { expect, it } from 'vitest'
import { shapeExcess } from '../analysis/anomaly/shapes.ts'
import { smallBins as bins, smallCorpus } from '../../../testing/small-universes.ts'
import { parseOptions } from '../../../cli/arguments.ts'
import { drawnShapes, shapeOptions, withShapes } from './shape-option.ts'

const { header, spectra } = await smallCorpus()

it('reads shapes, and refuses one with a number missing', () => {
  expect(drawnShapes({})).toEqual([])
  expect(drawnShapes({ resonance: [400, 12, 0.25], kink: [300, -1], slope: [0.1] })).toEqual([
    { kind: 'resonance', massGeV: 400, widthGeV: 12, strength: 0.25 },
    { kind: 'kink', massGeV: 300, strength: -1 },
    { kind: 'slope', strength: 0.1 },
  ])
  expect(() => parseOptions(shapeOptions, ['--kink', '300'])).toThrow(
    '--kink has 1 number, must be mass,strength',
  )
})

it('draws all of them on every spectrum, and leaves the originals as they are', () => {
  const rows = spectra.slice(0, 2 * bins)
  const before = rows.slice()
  const shapes = drawnShapes({ resonance: [150, 30, 0.5], slope: [0.1] })
  const excess = shapes.map((shape) => shapeExcess(header.universeModel, shape))
  const drawn = withShapes(header.universeModel, shapes, rows)
  drawn.forEach((value, at) => expect(value).toBe(rows[at] + excess[0][at % bins] + excess[1][at % bins]))
  expect(rows).toEqual(before)
})

it('refuses a shape that changes the spectrum beyond all proportion', () => {
  expect(() =>
    withShapes(header.universeModel, drawnShapes({ slope: [100] }), spectra.slice(0, bins)),
  ).toThrow(/slope of strength 100 changes a bin by .* times the SM, at most 1000000 are drawn\. Weaken it\./)
})
