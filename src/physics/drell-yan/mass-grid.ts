import { gaussLegendre } from '../../numerics/quadrature.ts'

/** Quadrature nodes in m_ll, segment by segment. */
export interface MassGrid {
  m: Float64Array // [nodes] GeV, ascending
  weight: Float64Array // [nodes] GeV
}

export interface MassGridRequest {
  mMin: number
  mMax: number
  /** Points that no segment may straddle: bin edges, kinks of the acceptance. */
  breaks: readonly number[]
  /** m = 2 p_T for every p_T edge: the integrand starts there like sqrt(m - threshold). */
  thresholds: readonly number[]
  /** p of m = low + length u^p above a threshold: 2, or more for weaker powers than a square root. */
  curvature?: number
  mZ: number
  widthZ: number
  nodesPerSegment: number
}

/**
 * Gauss-Legendre nodes for integrals over m_ll of (resonance) x (falling luminosity) x (acceptance with square-root
 * thresholds). Segments are bisected until each is short beside its distance from the Z pole, from every threshold
 * below it, and beside its own mass; a segment that begins on a threshold uses m = low + length u^2, in which the
 * square root is analytic.
 */
export function massGrid(request: MassGridRequest): MassGrid {
  const { mMin, mMax, thresholds, mZ, widthZ, nodesPerSegment, curvature = 2 } = request
  const inside = [...request.breaks, ...thresholds].filter((m) => m > mMin && m < mMax)
  const points = [...new Set([mMin, ...inside, mMax])].sort((a, b) => a - b)
  // Edges that agree to rounding are one edge; a sliver between them would only cost time.
  const edges = points.filter((m, i) => i === 0 || m - points[i - 1] > 1e-9 * m)
  edges[edges.length - 1] = mMax
  const isThreshold = (m: number) => thresholds.some((t) => Math.abs(t - m) <= 1e-9 * m)

  function fine(low: number, high: number): boolean {
    if (high > 1.45 * low) return false
    const toPole = Math.max(0, low - mZ, mZ - high)
    if (high - low > Math.max(0.6 * widthZ, 1.5 * toPole)) return false
    for (const t of thresholds) if (t < low * (1 - 1e-9) && high - low > 3 * (low - t)) return false
    return true
  }

  const segments: [number, number][] = []
  function divide(low: number, high: number): void {
    if (fine(low, high)) segments.push([low, high])
    else {
      const middle = 0.5 * (low + high)
      divide(low, middle)
      divide(middle, high)
    }
  }
  for (let i = 0; i + 1 < edges.length; i++) divide(edges[i], edges[i + 1])

  const { nodes, weights } = gaussLegendre(nodesPerSegment)
  const m = new Float64Array(segments.length * nodesPerSegment)
  const weight = new Float64Array(m.length)
  let at = 0
  for (const [low, high] of segments) {
    const length = high - low
    const curved = isThreshold(low)
    for (let i = 0; i < nodesPerSegment; i++) {
      const u = 0.5 * (1 + nodes[i])
      m[at] = low + length * (curved ? u ** curvature : u)
      weight[at++] = 0.5 * length * weights[i] * (curved ? curvature * u ** (curvature - 1) : 1)
    }
  }
  return { m, weight }
}

/**
 * Nodes for bins of m_ll that are fed from all masses above them: from the lowest edge to sqrt(s). What is radiated into a
 * bin grows like (m - edge)^b, b small, just above an edge. 12 nodes a segment: 1e-6 of every bin at L = 7.
 */
export function radiatedMassGrid(
  edges: readonly number[],
  sqrtS: number,
  { mZ, widthZ }: Pick<MassGridRequest, 'mZ' | 'widthZ'>,
): MassGrid {
  return massGrid({
    ...{ mMin: edges[0], mMax: sqrtS, breaks: edges, thresholds: edges, curvature: 6 },
    ...{ mZ, widthZ, nodesPerSegment: 12 },
  })
}
