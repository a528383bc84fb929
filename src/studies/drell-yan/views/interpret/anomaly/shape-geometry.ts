import { factorOf } from '../../../analysis/anomaly/shapes.ts'
import { slopePivotGeV } from '../../../../../physics/drell-yan/anomalous-shapes.ts'
import type { ShapeIntent } from '../../../intent.ts'
import { position } from '../../spectra/axes.ts'

/** Where the two panels of the drawing lie [px]: the ratio to the SM above the pulls. */
export interface ShapeFrame {
  left: number
  width: number
  ratio: { top: number; height: number }
  pulls: { top: number; height: number }
  height: number
}

export interface ShapeAxes {
  x: [number, number] // GeV, log
  ratio: [number, number]
  pulls: [number, number]
}

export function shapeFrame(width: number): ShapeFrame {
  const left = 52
  const ratio = { top: 8, height: 210 }
  const pulls = { top: ratio.top + ratio.height + 10, height: 90 }
  return { left, width: Math.max(60, width - left - 12), ratio, pulls, height: pulls.top + pulls.height + 40 }
}

export const xOf = (gev: number, axes: ShapeAxes, frame: ShapeFrame): number =>
  position(gev, axes.x, 'log', frame.left, frame.width)

export const yOf = (value: number, range: [number, number], panel: { top: number; height: number }): number =>
  position(value, range, 'linear', panel.top + panel.height, -panel.height)

/** A step curve over the bins as an SVG path, cut to just outside its panel. */
export function stepPath(
  edges: readonly number[],
  values: ArrayLike<number>,
  start: number,
  axes: ShapeAxes,
  frame: ShapeFrame,
): string {
  const { top, height } = frame.ratio
  let path = ''
  for (let b = 0; b + 1 < edges.length; b++) {
    const y = Math.min(top + height + 20, Math.max(top - 20, yOf(values[start + b], axes.ratio, frame.ratio)))
    path += `${b === 0 ? `M${xOf(edges[0], axes, frame).toFixed(1)},` : 'V'}${y.toFixed(1)}H${xOf(edges[b + 1], axes, frame).toFixed(1)}`
  }
  return path
}

export type HandleId = 'place' | 'width' | 'bend'

export interface Handle {
  id: HandleId
  /** What a pointer on it changes */
  label: string
  x: number
  y: number
}

/** Ratio to the SM at a mass, of the spectrum below the shape. */
export type Base = (gev: number) => number

/** What a shape adds to the ratio to the SM. */
const ratioOf = (shape: ShapeIntent, gev: number): number => factorOf(shape)(gev) - 1

/** The shape before it is averaged over bins, as an SVG path. */
export function finePath(shape: ShapeIntent, base: Base, axes: ShapeAxes, frame: ShapeFrame): string {
  const points = 240
  const factor = factorOf(shape)
  let path = ''
  for (let i = 0; i <= points; i++) {
    const gev = axes.x[0] * (axes.x[1] / axes.x[0]) ** (i / points)
    const y = yOf(base(gev) + factor(gev) - 1, axes.ratio, frame.ratio)
    path += `${i ? 'L' : 'M'}${xOf(gev, axes, frame).toFixed(1)},${Math.min(2000, Math.max(-2000, y)).toFixed(1)}`
  }
  return path
}

/** Points of the drawing that can be dragged. */
export function handlesOf(shape: ShapeIntent, base: Base, axes: ShapeAxes, frame: ShapeFrame): Handle[] {
  const { massGeV: m, widthGeV: w, strength } = shape
  const at = (id: HandleId, label: string, gev: number, ratio: number): Handle => ({
    id,
    label,
    x: xOf(gev, axes, frame),
    y: Math.min(
      frame.ratio.top + frame.ratio.height - 2,
      Math.max(frame.ratio.top + 2, yOf(ratio, axes.ratio, frame.ratio)),
    ),
  })
  const end = axes.x[1] * 0.97
  if (shape.kind === 'resonance')
    return [
      at('place', 'mass and height', m, base(m) + strength),
      at('width', 'width', m + w, base(m + w) + ratioOf(shape, m + w)),
    ]
  if (shape.kind === 'kink')
    return [at('place', 'mass', m, base(m)), at('bend', 'slope change', end, base(end) + ratioOf(shape, end))]
  return [at('bend', 'exponent', end, base(end) + ratioOf(shape, end))]
}

/** The shape after a handle was dragged to a pixel. */
export function dragged(
  shape: ShapeIntent,
  id: HandleId,
  place: { x: number; y: number },
  base: Base,
  axes: ShapeAxes,
  frame: ShapeFrame,
): ShapeIntent {
  const [low, high] = axes.x
  const share = Math.min(1, Math.max(0, (place.x - frame.left) / frame.width))
  const gev = low * (high / low) ** share
  const { top, height } = frame.ratio
  const up = Math.min(1, Math.max(0, (top + height - place.y) / height))
  const ratio = axes.ratio[0] + up * (axes.ratio[1] - axes.ratio[0])
  if (id === 'width')
    return { ...shape, widthGeV: round(Math.max(0.002 * shape.massGeV, Math.abs(gev - shape.massGeV))) }
  if (id === 'bend') {
    const from = shape.kind === 'kink' ? Math.min(shape.massGeV, 0.9 * high) : slopePivotGeV
    const factor = Math.max(0.02, 1 + ratio - base(high))
    return { ...shape, strength: round(clamp(Math.log(factor) / Math.log((high * 0.97) / from))) }
  }
  if (shape.kind === 'kink') return { ...shape, massGeV: round(gev) }
  return { ...shape, massGeV: round(gev), strength: round(clamp(Math.max(-1, ratio - base(gev)))) }
}

/** As the link takes strengths. */
const clamp = (strength: number): number => Math.min(100, Math.max(-100, strength))

/** Three digits: what a hand can place. */
const round = (value: number): number => Number(value.toPrecision(3))
