/** A spectrum of the same content in bins twice: above as it is, below over a reference. */
export interface MiniSpectrumInput {
  edges: ArrayLike<number> // [bins + 1]
  values: ArrayLike<number> // [bins], content of each bin
  reference: ArrayLike<number> // [bins]
  /** Axes of the upper part; the horizontal one is shared. */
  logX?: boolean
  logY?: boolean
  /** Content is divided by the width of its bin. */
  density?: boolean
}

export interface MiniSpectrumPaths {
  values: string
  reference: string
  ratio: string
  /** Heights of 1 and of both ends of the ratio's axis [px] */
  one: number
  /** What the ends of the ratio's axis stand for. */
  low: number
  high: number
}

export const miniSize = { width: 236, upper: 58, gap: 4, lower: 30 } as const

/** Steps of both, in pixels of `miniSize`. Bins without a number above zero leave a gap on a logarithmic axis. */
export function miniSpectrum(input: MiniSpectrumInput): MiniSpectrumPaths {
  const { edges, values, reference, logX = false, logY = false, density = false } = input
  const { width, upper, gap, lower } = miniSize
  const bins = edges.length - 1
  const ends = Array.from(edges, (edge) => (logX ? Math.log(edge) : edge))
  const x = (edge: number) => ((ends[edge] - ends[0]) / (ends[bins] - ends[0])) * width
  const heights = (of: ArrayLike<number>) =>
    Array.from({ length: bins }, (_, b) => {
      const value = density ? of[b] / (edges[b + 1] - edges[b]) : of[b]
      if (!logY) return value
      return value > 0 ? Math.log(value) : NaN
    })
  const drawn = heights(values)
  const below = heights(reference)
  const finite = [...drawn, ...below].filter(Number.isFinite)
  const [min, max] = [Math.min(...finite, logY ? Infinity : 0), Math.max(...finite)]
  const y = (value: number) => 2 + (upper - 4) * (1 - (value - min) / (max - min || 1))

  const ratios = Array.from({ length: bins }, (_, b) => (reference[b] === 0 ? NaN : values[b] / reference[b]))
  // Symmetric about 1, and no wider than tenfold noise needs: at least 5 %, at most 100 %.
  const furthest = ratios.reduce((far, r) => (Number.isFinite(r) ? Math.max(far, Math.abs(r - 1)) : far), 0)
  const reach = Math.min(1, Math.max(0.05, roundUp(furthest)))
  const top = upper + gap
  const one = top + lower / 2
  const ratioY = (r: number) => one - (Math.max(-1, Math.min(1, (r - 1) / reach)) * lower) / 2
  return {
    values: steps(drawn, x, y),
    reference: steps(below, x, y),
    ratio: steps(ratios, x, ratioY),
    one,
    low: 1 - reach,
    high: 1 + reach,
  }
}

/** The next of 0.05, 0.1, 0.2, 0.5, 1. */
function roundUp(value: number): number {
  return [0.05, 0.1, 0.2, 0.5].find((step) => value <= step) ?? 1
}

function steps(values: readonly number[], x: (edge: number) => number, y: (value: number) => number): string {
  let path = ''
  let drawing = false
  values.forEach((value, b) => {
    if (!Number.isFinite(value)) {
      drawing = false
      return
    }
    const at = y(value).toFixed(1)
    path += `${drawing ? 'V' : `M${x(b).toFixed(1)} `}${at}H${x(b + 1).toFixed(1)}`
    drawing = true
  })
  return path
}
