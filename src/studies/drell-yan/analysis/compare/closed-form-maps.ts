import { cholesky, invertLower } from '../../../../numerics/linear-algebra.ts'
import { principalAxes } from '../../../../statistics/gaussian-limit.ts'
import type { DatasetHeader, LoadedEncoder } from '../dataset-types.ts'
import { linearEncoder, linearEncoderId } from '../linear-encoder.ts'
import { shownSpectrum, type ShownSpectrum } from '../shown-spectrum.ts'

/** Closed-form maps by what they read: the whole spectrum, or one of its observables. */
export const closedFormMaps = [
  { id: linearEncoderId, label: 'PCA-2, whole spectrum', observable: null },
  { id: 'pca-2-mll', label: 'PCA-2, m_ℓℓ alone', observable: 'mll' },
  { id: 'pca-2-ptl', label: 'PCA-2, p_T alone', observable: 'ptl' },
] as const

type HeaderPart = Pick<DatasetHeader, 'whitenedMeans' | 'table' | 'manifestHash' | 'universeModel'>

/** The closed-form map of that id, or null for an id that is none or an observable that the dataset lacks. */
export function closedFormEncoder(header: HeaderPart, id: string): LoadedEncoder | null {
  if (id === linearEncoderId) return linearEncoder(header)
  const map = closedFormMaps.find((entry) => entry.id === id)
  if (!map?.observable) return null
  const shown = shownSpectrum(header.universeModel.templates.observables, map.observable)
  return shown.name === map.observable ? subSpectrumEncoder(header, id, shown) : null
}

/**
 * PCA-2 of a part of the spectrum, or of bins added up, as a network on the whole whitened one. With x − SM = L w, the part is L_S w, its
 * covariance L_S L_Sᵀ = M Mᵀ, and M⁻¹ L_S w is what whitening the part alone would give.
 */
function subSpectrumEncoder(header: HeaderPart, id: string, { edges, plus }: ShownSpectrum): LoadedEncoder {
  const { whitenedMeans, table, universeModel: model } = header
  const bins = model.templates.bins
  const size = edges.length - 1
  const rows = new Float64Array(size * bins) // L_S
  for (const start of plus)
    for (let k = 0; k < size * bins; k++) rows[k] += model.whitening.cholesky[start * bins + k]
  const covariance = new Float64Array(size * size)
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++)
      for (let k = 0; k < bins; k++) covariance[i * size + j] += rows[i * bins + k] * rows[j * bins + k]
  const inverse = invertLower(cholesky(covariance, size), size)
  const map = new Float64Array(size * bins) // M^-1 L_S
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++)
      for (let k = 0; k < bins; k++) map[i * bins + k] += inverse[i * size + j] * rows[j * bins + k]

  const kept = Array.from({ length: table.count }, (_, u) => u).filter((u) => !table.flags[u])
  const means = new Float64Array(kept.length * size)
  kept.forEach((u, row) => {
    for (let i = 0; i < size; i++)
      for (let k = 0; k < bins; k++) means[row * size + i] += map[i * bins + k] * whitenedMeans[u * bins + k]
  })
  const { axes, mean } = principalAxes(means, kept.length, size)
  const kernel = new Float32Array(bins * 2)
  const bias = new Float32Array(2)
  for (let d = 0; d < 2; d++)
    for (let i = 0; i < size; i++) {
      bias[d] -= axes[d * size + i] * mean[i]
      for (let k = 0; k < bins; k++) kernel[k * 2 + d] += axes[d * size + i] * map[i * bins + k]
    }
  return {
    id,
    mlp: { layers: [{ inputs: bins, outputs: 2, kernel, bias, activation: 'linear' }] },
    card: null,
    hash: `${id}-${header.manifestHash.slice(0, 16)}`,
  }
}
