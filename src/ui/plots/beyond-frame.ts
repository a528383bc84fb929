/** Part of a panel's height between its edge and an arrow. */
const inset = 0.07

/** A value that the frame cuts off: where it is missed, and the place just within the edge for its arrow. */
export interface Outside {
  bin: number
  edge: 'low' | 'high'
  at: number
}

/** Values beyond a range; on a log axis all that is not positive lies below. */
export function outside(
  values: readonly number[],
  [low, high]: [number, number],
  scale: 'log' | 'linear',
): Outside[] {
  const place = (part: number) => (scale === 'log' ? low * (high / low) ** part : low + part * (high - low))
  return values.flatMap((value, bin): Outside[] => {
    if (Number.isNaN(value)) return []
    if (value < low) return [{ bin, edge: 'low', at: place(inset) }]
    return value > high ? [{ bin, edge: 'high', at: place(1 - inset) }] : []
  })
}

/** Triangles that point out of the frame. @param x  of each bin */
export function arrowTrace(found: readonly Outside[], x: readonly number[], colour: string) {
  return {
    type: 'scatter' as const,
    mode: 'markers' as const,
    x: found.map(({ bin }) => x[bin]),
    y: found.map(({ at }) => at),
    marker: {
      color: colour,
      size: 9,
      symbol: found.map(({ edge }) =>
        edge === 'low' ? ('triangle-down' as const) : ('triangle-up' as const),
      ),
    },
    hoverinfo: 'skip' as const,
    showlegend: false,
  }
}
