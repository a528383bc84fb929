import type { ArrayEntry } from '../../../../dataset/manifest.ts'
import type { DatasetHeader } from '../../analysis/dataset-types.ts'
import { formatCount, formatEdge } from '../../../../ui/common/format.ts'
import { withSymbols } from './plain-symbols.ts'

const schemes = { MW: 'inputs m_W, m_Z, G_F', alpha: 'inputs α, m_Z, G_F' }

/** What a person asks of a dataset before trusting it, in their words. */
export function datasetFacts(manifest: DatasetHeader['manifest'], hash: string): [string, string][] {
  const { cuts, observables, prior, noise } = manifest
  return [
    ['process', manifest.process],
    ['√s', `${formatEdge(manifest.sqrtSGeV / 1000)} TeV`],
    ['PDF', `${manifest.pdf.id}. ${manifest.pdf.description}`],
    [
      'order of QCD',
      manifest.qcd
        ? `next-to-leading${manifest.qcd.formal ? ', formal: the densities are of leading order' : ''}`
        : 'leading',
    ],
    ['electroweak scheme', schemes[manifest.scheme]],
    ['factorisation scale', manifest.factorisationScale],
    ['Z width', manifest.widthShift ? 'shifted by the operators' : 'fixed'],
    [
      'cuts',
      cuts
        ? `p_T > ${formatEdge(cuts.ptMinGeV)} GeV, |η| < ${formatEdge(cuts.absEtaMax)}`
        : 'none: full phase space',
    ],
    [
      'bins',
      observables
        .map(
          ({ label, edges, unit }) =>
            `${edges.length - 1} in ${label}, ${formatEdge(edges[0])} to ${formatEdge(edges[edges.length - 1])} ${unit}`,
        )
        .join('; '),
    ],
    ['order of the rows', manifest.order === 'linear' ? 'linear, 1/Λ²' : 'linear + quadratic, up to 1/Λ⁴'],
    ['prior', `${prior.name}. ${withSymbols(prior.description)}`],
    [
      'noise',
      `${noise.luminosityInvFb === undefined ? '' : `${formatEdge(noise.luminosityInvFb)} fb⁻¹. `}${withSymbols(noise.description)}`,
    ],
    ...noise.sources.map(({ name, description }): [string, string] => [
      `noise: ${name}`,
      withSymbols(description),
    ]),
    [
      'size',
      `${formatCount(manifest.universes)} universes × ${formatCount(manifest.replicasPerUniverse)} replicas`,
    ],
    ['seed', String(manifest.seed)],
    ['generator', manifest.generator],
    ['manifest', `sha256 ${hash}`],
  ]
}

/** Every array beside the manifest, the preview last. */
export function filesOf({ arrays, preview }: DatasetHeader['manifest']): ArrayEntry[] {
  return [...Object.values(arrays), ...(preview ? [preview.array] : [])]
}

/** Bytes of all arrays. */
export function datasetBytes(manifest: DatasetHeader['manifest']): number {
  return filesOf(manifest).reduce((sum, { bytes }) => sum + bytes, 0)
}

export function formatBytes(bytes: number): string {
  if (bytes < 1e3) return `${bytes} B`
  if (bytes < 1e6) return `${(bytes / 1e3).toPrecision(3)} kB`
  return bytes < 1e9 ? `${(bytes / 1e6).toPrecision(3)} MB` : `${(bytes / 1e9).toPrecision(3)} GB`
}

/** Lines that open an array in Python once it is downloaded. */
export function numpyRecipe(manifest: DatasetHeader['manifest']): string {
  const { spectra } = manifest.arrays
  if (!spectra) return ''
  return `import numpy as np\nspectra = np.load("${spectra.file}")  # (${spectra.shape.join(', ')}), ${spectra.unit}`
}
