import { useMemo } from 'react'
import { petroff6 } from '../plots/palettes.ts'
import type { ColourLegend } from './MapLegend.tsx'
import type { PointWords } from './point-words.ts'
import type { MapColours, PointShape } from './types.ts'

const shapes: PointShape[] = ['disc', 'square', 'triangle', 'diamond']

/**
 * How points of a few classes are drawn and called: one colour and shape for each class that is there.
 *
 * @param names  of the classes, at most six
 * @param kind   [points], place in names
 */
function drawnByClass(names: readonly string[], kind: Uint8Array) {
  const shapeOf = (c: number) => shapes[c % shapes.length]
  const entries = names
    .map((label, c) => ({ label, colour: petroff6[c], shape: shapeOf(c) }))
    .filter((_, c) => kind.includes(c))
  const words: PointWords = {
    ...{ one: 'point', many: 'points', leftOut: '', shortName: String },
    nameOf: (point) => `Point ${point}`,
    describe: (point) => `Point ${point}, ${names[kind[point]]}`,
    colourOf: (point) => petroff6[kind[point]],
  }
  const palette: readonly string[] = petroff6
  const colours: MapColours = {
    kind: 'class',
    index: kind,
    palette,
    shapes: palette.map((_, c) => shapeOf(c)),
  }
  const legend: ColourLegend = { kind: 'classes', entries }
  return { words, colours, legend, palette }
}

/** The same while names and kinds are the same objects: colours are uploaded by identity. */
export function useDrawnByClass(names: readonly string[], kind: Uint8Array) {
  return useMemo(() => drawnByClass(names, kind), [names, kind])
}
