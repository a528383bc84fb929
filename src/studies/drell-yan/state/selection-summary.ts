/** Mean and spread of selected spectra, bin by bin. */
export interface SelectionSummary {
  rows: number
  universes: number
  mean: Float64Array // [bins], pb per bin
  low: Float64Array // [bins], 16th percentile
  high: Float64Array // [bins], 84th percentile
}

/** Spectra read for the percentiles; the mean uses all of them. */
const percentileRows = 2000

/**
 * @param spectra  [rows, bins] of the selected rows' dataset
 * @param chosen   selected rows of the dataset
 */
export function summariseSelection(
  spectra: Float32Array,
  bins: number,
  chosen: ArrayLike<number>,
  replicasPerUniverse: number,
): SelectionSummary | null {
  if (chosen.length === 0) return null
  const mean = new Float64Array(bins)
  const universes = new Set<number>()
  for (let i = 0; i < chosen.length; i++) {
    universes.add(Math.floor(chosen[i] / replicasPerUniverse))
    for (let b = 0; b < bins; b++) mean[b] += spectra[chosen[i] * bins + b] / chosen.length
  }
  const low = new Float64Array(bins)
  const high = new Float64Array(bins)
  const stride = Math.max(1, Math.ceil(chosen.length / percentileRows))
  const column = new Float64Array(Math.ceil(chosen.length / stride))
  for (let b = 0; b < bins; b++) {
    for (let i = 0; i < column.length; i++) column[i] = spectra[chosen[i * stride] * bins + b]
    column.sort()
    low[b] = column[Math.floor(0.16 * (column.length - 1))]
    high[b] = column[Math.ceil(0.84 * (column.length - 1))]
  }
  return { rows: chosen.length, universes: universes.size, mean, low, high }
}
