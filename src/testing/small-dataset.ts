import { writeDataset } from '../dataset/dataset-writer.ts'
import type { DatasetManifest } from '../dataset/manifest.ts'

/** Metadata of a made-up corpus with three bins, for tests of loading and writing. */
export const smallMetadata: Omit<DatasetManifest, 'arrays'> = {
  schemaVersion: 1,
  id: 'small',
  title: 'Small corpus',
  description: 'Made up for tests',
  process: 'pp -> l+l-',
  sqrtSGeV: 13000,
  lambdaTeV: 1,
  scheme: 'MW',
  pdf: { id: 'toy', description: 'none' },
  factorisationScale: 'mll',
  widthShift: false,
  cuts: null,
  observables: [{ name: 'mll', label: 'm_ll', unit: 'GeV', edges: [50, 55, 60, 70] }],
  operators: ['clq1'],
  order: 'quadratic',
  prior: { name: 'flat', description: 'flat', halfWidth: [1] },
  noise: { luminosityInvFb: 140, description: 'none', sources: [] },
  universes: 5,
  replicasPerUniverse: 2,
  seed: 1,
  generator: 'test',
}

/** Ten spectra of three bins in chunks of four rows, and a small array of coefficients. */
export async function smallDataset(): Promise<{ manifest: DatasetManifest; files: Map<string, Uint8Array> }> {
  const { manifest, files } = await writeDataset(smallMetadata, {
    spectra: {
      data: Float32Array.from({ length: 30 }, (_, i) => i + 0.5),
      shape: [10, 3],
      unit: 'events',
      description: 'spectra',
      chunkRows: 4,
    },
    coefficients: {
      data: Float64Array.from([0.1, 0.2, 0.3, 0.4, 0.5]),
      shape: [5, 1],
      unit: 'TeV^-2',
      description: 'Wilson coefficients',
    },
  })
  return { manifest, files: new Map(files.map(({ name, bytes }) => [name, bytes])) }
}
