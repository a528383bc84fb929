/** Mean and spread of selected spectra, bin by bin. */
export interface SelectionSummary {
  rows: number
  universes: number
  mean: Float64Array // [bins drawn], pb per bin, or an asymmetry
  low: Float64Array // [bins drawn], 16th percentile
  high: Float64Array // [bins drawn], 84th percentile
}

/** Spectra read for the percentiles; the mean uses all of them. */
const percentileRows = 2000

/**
 * @param spectra  [rows, bins] of the selected rows' dataset
 * @param chosen   selected rows of the dataset
 * @param shown    what is drawn of a spectrum; its bins are summarised
 */
export function summariseSelection(
  spectra: Float32Array,
  bins: number,
  chosen: ArrayLike<number>,
  replicasPerUniverse: number,
  shown: (spectrum: Float32Array) => ArrayLike<number> = (spectrum) => spectrum,
): SelectionSummary | null {
  if (chosen.length === 0) return null
  const drawn = (row: number) => shown(spectra.subarray(row * bins, (row + 1) * bins))
  const count = drawn(chosen[0]).length
  const mean = new Float64Array(count)
  const universes = new Set<number>()
  const stride = Math.max(1, Math.ceil(chosen.length / percentileRows))
  const read: ArrayLike<number>[] = []
  for (let i = 0; i < chosen.length; i++) {
    universes.add(Math.floor(chosen[i] / replicasPerUniverse))
    const values = drawn(chosen[i])
    if (i % stride === 0) read.push(values)
    for (let b = 0; b < count; b++) mean[b] += values[b] / chosen.length
  }
  const low = new Float64Array(count)
  const high = new Float64Array(count)
  const column = new Float64Array(read.length)
  for (let b = 0; b < count; b++) {
    read.forEach((values, i) => (column[i] = values[b]))
    column.sort()
    low[b] = column[Math.floor(0.16 * (column.length - 1))]
    high[b] = column[Math.ceil(0.84 * (column.length - 1))]
  }
  return { rows: chosen.length, universes: universes.size, mean, low, high }
}
