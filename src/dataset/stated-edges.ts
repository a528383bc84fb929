import type { NumberTable } from './table.ts'

export interface Bin {
  low: number
  high: number
}

/**
 * The bins that a table itself states: a list of edges, or column names such as `mll_50_55`, `pt_20.5_30`
 * or `50-55`. Undefined where it states none, or where only some names carry numbers.
 */
export function statedEdges({ edges, names, columns }: NumberTable): Bin[] | undefined {
  if (edges) return edges.slice(1).map((high, i) => ({ low: edges[i], high }))
  const bins = names?.map(binOfName)
  return bins?.length === columns && bins.every((bin) => bin !== undefined) ? bins : undefined
}

function binOfName(name: string): Bin | undefined {
  const match =
    /^(?:.*[A-Za-z)\]][ _:]*|[([]?)(\d+(?:\.\d+)?)[ ]*(?:_|-|–|,| to )[ ]*(\d+(?:\.\d+)?)(?:[ _]*GeV)?[)\]]?$/.exec(
      name.trim().slice(0, 80),
    )
  if (!match) return undefined
  const [low, high] = [Number(match[1]), Number(match[2])]
  return high > low ? { low, high } : undefined
}
