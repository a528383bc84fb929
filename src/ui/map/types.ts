import type { RampName } from '../plots/palettes.ts'

/**
 * Rows of the map. The arrays may be longer than `count` and fill while data streams in. Same arrays and a
 * larger `count` means: earlier rows are untouched, only the tail is new. Anything else that changes takes a
 * new `version` and is uploaded whole.
 */
export interface MapPoints {
  x: Float32Array // [>= count]
  y: Float32Array // [>= count]
  count: number
  version: number
}

export type PointShape = 'disc' | 'square' | 'diamond' | 'triangle'

/** Colour of each row: a class with a palette, or a value in 0..1 with a ramp. NaN and class 255 are grey. */
export type MapColours =
  | { kind: 'class'; index: Uint8Array; palette: readonly string[]; shapes?: readonly PointShape[] }
  | { kind: 'value'; value: Float32Array; ramp: RampName }

export interface MapPlace {
  x: number
  y: number
}

export interface LabelledPlace extends MapPlace {
  label?: string
}

/** What is drawn above the points; each is optional. Labels may use C_{φWB}, Λ^{2}. */
export interface MapMarkers {
  /** What the page's sliders make now. `warning` draws it broken: it is not physical. */
  live?: (LabelledPlace & { warning?: boolean; trail?: readonly MapPlace[] }) | null
  focus?: LabelledPlace | null
  /** Lines run from the focus, without one from the live point, without both from the origin. */
  neighbours?: readonly MapPlace[]
  /** True neighbours of the same that the map does not have near; their lines are dotted. */
  lost?: readonly MapPlace[]
  /** What all else departs from. */
  origin?: LabelledPlace | null
  /** Spectra of the reader's own. */
  dropped?: readonly LabelledPlace[]
  /** Covariance [[xx, xy], [xy, yy]] in data units; ellipses hold 68 % and 95 %. */
  measurement?: (LabelledPlace & { covariance: readonly [number, number, number] }) | null
}

/** Where an operator moves the SM on the map, per unit of its coefficient times `scale` of the caller. */
export interface MapArrow {
  x: number
  y: number
  dx: number
  dy: number
  label: string
  colour?: string
  emphasis?: boolean
}

/** A line through the map, e.g. a model as its mass runs; `faint` parts are dashed, a `trail` leads from where a dot lay. */
export interface MapPath {
  points: readonly MapPlace[]
  faint?: boolean
  trail?: boolean
  /** Labelled from the first on; one that would touch its predecessor keeps its mark only. */
  ticks?: readonly LabelledPlace[]
}

export interface MapContour {
  mass: number
  /** Of its class; left out, that of ink. */
  colour?: string
  lines: readonly Float64Array[] // each [x0, y0, x1, y1, ...]
}

export interface RendererNotice {
  kind: 'webgl2' | 'canvas2d'
  /** Rows drawn of all rows; smaller only on the 2-D canvas. */
  shown: number
  total: number
  reason?: 'no-webgl2' | 'context-lost'
}
