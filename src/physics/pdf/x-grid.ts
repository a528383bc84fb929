import { AppError } from '../../errors.ts'

export interface XGridSettings {
  /**
   * Smallest node. A pair of mass m at a collider of energy E reaches down to x = (m/E)^2 when its rapidity is
   * not cut: 1.3e-6 for 15 GeV at 13 TeV, 2.5e-7 for 50 GeV at 100 TeV; the default covers both.
   */
  xMin: number
  /** Distance of nodes in y = ln(1/x) + stretch (1 - x). The number of nodes follows, so xMin does not cost accuracy. */
  spacing: number
  /** Crowds nodes towards x = 1, where densities fall steeply. */
  stretch: number
}

export interface XGrid {
  readonly settings: XGridSettings
  /** [n + 1] nodes, uniform in y, descending from x = 1 to xMin. */
  readonly x: Float64Array
  /** Actual spacing in y. */
  readonly step: number
}

/** Nodes in one Lagrange stencil. */
export const stencilSize = 6

const defaults: XGridSettings = { xMin: 1e-7, spacing: 0.36, stretch: 18 }

const grids = new Map<string, XGrid>()

/** The grid for these settings; the same object every time, so that kernels can be cached on it. */
export function xGrid(partial: Partial<XGridSettings> = {}): XGrid {
  const settings = { ...defaults, ...partial }
  const key = `${settings.xMin} ${settings.spacing} ${settings.stretch}`
  const known = grids.get(key)
  if (known) return known
  const grid = buildGrid(settings)
  grids.set(key, grid)
  return grid
}

function buildGrid(settings: XGridSettings): XGrid {
  const { xMin, spacing, stretch } = settings
  if (!(xMin > 0 && xMin < 0.1 && spacing > 0 && spacing <= 1 && stretch >= 0 && stretch <= 100))
    throw new AppError(
      'physics/out-of-range',
      `Evolution grid needs 0 < xMin < 0.1, 0 < spacing <= 1 and 0 <= stretch <= 100, got ${xMin}, ${spacing}, ${stretch}.`,
    )
  const range = -Math.log(xMin) + stretch * (1 - xMin)
  const intervals = Math.max(stencilSize, Math.ceil(range / spacing))
  const step = range / intervals
  const x = new Float64Array(intervals + 1)
  let logX = 0
  for (let i = 0; i <= intervals; i++) {
    // y is concave in ln x and falling, so Newton's method comes from the last node without overshooting.
    for (let turn = 0; turn < 60; turn++) {
      const value = Math.exp(logX)
      const move = (-logX + stretch * (1 - value) - i * step) / (1 + stretch * value)
      logX += move
      if (Math.abs(move) < 1e-15 * (1 + Math.abs(logX))) break
    }
    x[i] = Math.exp(logX)
  }
  x[0] = 1
  x[intervals] = xMin
  return { settings, x, step }
}

/**
 * Six-point Lagrange interpolation in y: writes the weights and returns the index of the first node.
 * Outside the nodes the end stencil is used, which is extrapolation.
 */
export function lagrangeStencil(grid: XGrid, x: number, weights: Float64Array): number {
  const position = (-Math.log(x) + grid.settings.stretch * (1 - x)) / grid.step
  const last = grid.x.length - stencilSize
  let first = Math.floor(position) - 2
  if (first < 0) first = 0
  else if (first > last) first = last
  const d0 = position - first
  const d1 = d0 - 1
  const d2 = d0 - 2
  const d3 = d0 - 3
  const d4 = d0 - 4
  const d5 = d0 - 5
  const low = d0 * d1
  const middle = d2 * d3
  const high = d4 * d5
  weights[0] = (-d1 * middle * high) / 120
  weights[1] = (d0 * middle * high) / 24
  weights[2] = (-low * d3 * high) / 12
  weights[3] = (low * d2 * high) / 12
  weights[4] = (-low * middle * d5) / 24
  weights[5] = (low * middle * d4) / 120
  return first
}
