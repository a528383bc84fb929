import { boundsOf, type Bounds } from '../../numerics/histogram.ts'
import { formatCount } from '../common/format.ts'
import type { Theme } from '../plots/palettes.ts'
import { hexToRgb, legibleOn, rampColours } from '../plots/palettes.ts'

import type { Camera, Viewport } from './camera.ts'
import { pixelsPerUnit, toScreen } from './camera.ts'
import { ellipseReach } from './ellipse.ts'
import type { LayerColours, PointStyle } from './layer.ts'
import { missingColour } from './layer.ts'
import type { MapColours, MapContour, MapMarkers, PointShape } from './types.ts'

/** Ticks of one axis: positions in data units; labels with a real minus sign and no needless digits. */
export interface Ticks {
  major: { at: number; label: string }[]
  minor: number[]
}

/**
 * Ticks at 1, 2 or 5 times a power of ten, about `spacing` pixels apart, with four or five minor intervals.
 *
 * @param pixels  length of the axis
 */
export function axisTicks(min: number, max: number, pixels: number, spacing = 90): Ticks {
  if (!(max > min) || !(pixels > 0)) return { major: [], minor: [] }
  const rough = ((max - min) * spacing) / pixels
  const power = Math.floor(Math.log10(rough))
  const mantissa = rough / 10 ** power
  const nice = mantissa < 1.5 ? 1 : mantissa < 3.5 ? 2 : mantissa < 7.5 ? 5 : 10
  const step = nice * 10 ** power
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9))
  const parts = nice === 2 ? 4 : 5
  const major: Ticks['major'] = []
  const minor: number[] = []
  const first = Math.ceil((min / step) * parts - 1e-9)
  for (let k = first; (k * step) / parts <= max + 1e-9 * step; k++) {
    const at = (k * step) / parts
    if (k % parts) minor.push(at)
    else major.push({ at, label: tickLabel(at, step, decimals) })
  }
  return { major, minor }
}

function tickLabel(at: number, step: number, decimals: number): string {
  const value = Math.abs(at) < step / 1000 ? 0 : at
  const text = Math.abs(value) >= 1e5 || decimals > 5 ? value.toExponential(1) : value.toFixed(decimals)
  return text.replaceAll('-', '−')
}

/** What `Fit` must show: all points, the origin, and the measurement with its 95 % ellipse. */
export function boundsWithMarks(
  points: Bounds | null,
  { origin, measurement }: Pick<MapMarkers, 'origin' | 'measurement'>,
): Bounds | null {
  const boxes: Bounds[] = points ? [points] : []
  if (origin) boxes.push({ xMin: origin.x, xMax: origin.x, yMin: origin.y, yMax: origin.y })
  if (measurement) {
    const { x, y, covariance } = measurement
    const [dx, dy] = ellipseReach(covariance, 0.95)
    boxes.push({ xMin: x - dx, xMax: x + dx, yMin: y - dy, yMax: y + dy })
  }
  if (boxes.length === 0) return null
  return {
    xMin: Math.min(...boxes.map(({ xMin }) => xMin)),
    xMax: Math.max(...boxes.map(({ xMax }) => xMax)),
    yMin: Math.min(...boxes.map(({ yMin }) => yMin)),
    yMax: Math.max(...boxes.map(({ yMax }) => yMax)),
  }
}

/**
 * Diameter and opacity from how crowded the picture is. Without zoom the discs would cover four tenths of a third
 * of the area if spread evenly, so that cores, several times denser, still show single dots up to some 20,000;
 * they grow with the 0.4th power of the zoom, so that zooming in parts them.
 *
 * @param fit  the camera that shows everything
 */
export function pointStyle(count: number, camera: Camera, fit: Camera, viewport: Viewport): PointStyle {
  const area = (viewport.width * viewport.height) / 3
  const zoom = Math.max(0.25, fit.halfSpan / camera.halfSpan)
  const evenly = Math.sqrt(area / Math.max(1, count))
  const size = Math.min(13, Math.max(1.5, Math.max(1.5, Math.min(7, 0.72 * evenly)) * zoom ** 0.4))
  // Layers of ink if the rows were spread evenly; real cores are several times denser. A row on its own stays
  // visible, so that 10^6 rows end as shades of grey and not as one colour.
  const layers = (count * size * size) / (area * zoom * zoom)
  const alpha = Math.min(0.9, Math.max(0.08, 0.9 * Math.max(1, 2.2 * layers) ** -0.7))
  return { size, alpha, contextAlpha: 0.45 * alpha, rim: size >= 4.5 ? 0.6 : 0 }
}

const shapeCode: Record<PointShape, number> = { disc: 0, square: 1, diamond: 2, triangle: 3 }

/** Colour index of each row and the table it points into, for rows from `firstDirty` on. */
export function layerColours(
  colours: MapColours,
  count: number,
  theme: Theme,
  context: readonly [number, number, number],
  ground: readonly [number, number, number],
): LayerColours {
  const table = new Uint8Array(256 * 4)
  if (colours.kind === 'class') {
    colours.palette.forEach((hex, k) => {
      table.set(legibleOn(hexToRgb(hex), ground), 4 * k)
      table[4 * k + 3] = shapeCode[colours.shapes?.[k] ?? 'disc']
    })
    return { index: padded(colours.index, count), table, context, ground }
  }
  const ramp = rampColours(colours.ramp, theme)
  for (let k = 0; k < 255; k++) {
    const from = 3 * Math.round((k * 255) / 254)
    table.set(ramp.subarray(from, from + 3), 4 * k)
  }
  return { index: quantiseValues(colours.value, count), table, context, ground }
}

/** Colours may arrive after the rows they belong to; until then a row is grey. */
function padded(index: Uint8Array, count: number): Uint8Array {
  if (index.length >= count) return index
  const longer = new Uint8Array(count).fill(missingColour)
  longer.set(index)
  return longer
}

/** Values in 0..1 to 0..254, clamped; what is not a number gets `missingColour`. */
export function quantiseValues(value: Float32Array, count: number): Uint8Array {
  const index = new Uint8Array(count)
  for (let i = 0; i < count; i++) {
    const v = value[i]
    index[i] = v >= 0 ? (v <= 1 ? (v * 254 + 0.5) | 0 : 254) : v < 0 ? 0 : missingColour
  }
  return index
}

/** A label's wish: a box of `width` pixels beside an anchor. */
export interface LabelWish {
  key: string
  x: number
  y: number
  width: number
  /** Distance from the anchor. */
  gap: number
  /** Direction in which the label would rather lie, screen pixels; to the upper right if absent. */
  toward?: readonly [number, number]
}

export interface PlacedLabel {
  key: string
  /** Left edge and middle. */
  x: number
  y: number
}

/** left, top, right, bottom [pixels] */
export type LabelBox = readonly [number, number, number, number]

const labelHeight = 16
const sides: readonly (readonly [number, number])[] = [
  [1, -1],
  [1, 1],
  [-1, -1],
  [-1, 1],
  [0, -1.6],
  [0, 1.6],
]

/**
 * Puts labels beside their anchors so that they neither overlap nor leave the viewport; earlier wishes choose
 * first; a label that finds no free place is left out, since text on text says nothing.
 *
 * @param reserved  boxes that other text stands in
 */
export function placeLabels(
  wishes: readonly LabelWish[],
  viewport: Viewport,
  reserved: readonly LabelBox[] = [],
): PlacedLabel[] {
  const taken: LabelBox[] = wishes.map(({ x, y }) => [x - 5, y - 5, x + 5, y + 5])
  taken.push(...reserved)
  const placed: PlacedLabel[] = []
  wishes.forEach((wish, own) => {
    const { toward } = wish
    const order = toward
      ? [...sides].sort((a, b) => b[0] * toward[0] + b[1] * toward[1] - a[0] * toward[0] - a[1] * toward[1])
      : sides
    for (const [h, v] of order) {
      const left = wish.x + (h === 0 ? -wish.width / 2 : h > 0 ? wish.gap : -wish.gap - wish.width)
      const middle = wish.y + v * (wish.gap + (h === 0 ? labelHeight / 4 : 0))
      const box = [left, middle - labelHeight / 2, left + wish.width, middle + labelHeight / 2] as const
      if (box[0] < 2 || box[1] < 2 || box[2] > viewport.width - 2 || box[3] > viewport.height - 2) continue
      if (taken.some((t, k) => k !== own && box[0] < t[2] && box[2] > t[0] && box[1] < t[3] && box[3] > t[1]))
        continue
      taken.push([...box])
      placed.push({ key: wish.key, x: left, y: middle })
      return
    }
  })
  return placed
}

/** Where a contour is labelled: at the topmost vertex of its longest line that is in view; null if none is. */
export function contourLabelPlace(
  contour: MapContour,
  camera: Camera,
  viewport: Viewport,
): [number, number] | null {
  const longest = contour.lines.reduce((a, b) => (b.length > a.length ? b : a), new Float64Array(0))
  let best: [number, number] | null = null
  for (let k = 0; k < longest.length; k += 2) {
    const [sx, sy] = toScreen(camera, viewport, longest[k], longest[k + 1])
    const inView = sx > 24 && sx < viewport.width - 24 && sy > 24 && sy < viewport.height - 24
    if (inView && (!best || sy < best[1])) best = [sx, sy]
  }
  return best
}

/** Point spacing on the screen, for keyboard steps: at least eight pixels, in data units. */
export function keyboardStep(camera: Camera, viewport: Viewport): number {
  return 8 / pixelsPerUnit(camera, viewport)
}

/** One sentence for those who cannot see the picture. */
export function mapSummary(
  x: Float32Array,
  y: Float32Array,
  count: number,
  selected: number,
  titles: readonly [string, string],
): string {
  const bounds = boundsOf(x, y, count)
  const number = (v: number): string => v.toPrecision(3).replace('-', '−')
  if (!bounds) return 'The map has no points yet.'
  const chosen = selected ? ` ${formatCount(selected)} are selected.` : ''
  return (
    `Map of ${formatCount(count)} points; ${titles[0]} runs from ${number(bounds.xMin)} to ` +
    `${number(bounds.xMax)}, ${titles[1]} from ${number(bounds.yMin)} to ${number(bounds.yMax)}.${chosen}`
  )
}
