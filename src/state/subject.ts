import { runMlp } from '../ml/mlp.ts'
import type { Focus, Intent } from '../share/schema.ts'
import { coefficientArray } from './actions.ts'
import type { DroppedSpectra, ExtraRows, OpenDataset } from './app-state.ts'
import { focusInfo } from './focus.ts'

/** One spectrum that the tabs of Interpret are asked about. */
export interface Subject {
  /** Names the spectrum: equal keys on the same dataset and encoder are equal spectra. */
  key: string
  kind: 'live' | 'universe' | 'replica' | 'measurement' | 'dropped'
  title: string
  spectrum: Float64Array // [bins], pb per bin
  error: Float64Array | null // [bins], pb per bin, where it is known
  whitened: Float32Array // [bins]
  latent: Float32Array // [d]
  /** [17] TeV^-2; null where nobody knows them. */
  coefficients: Float64Array | null
  /** The universe of a mean or a replica. */
  universe?: number
}

/** What a focus stands for, as a subject; one that the dataset does not have becomes the live universe. */
export function focusSubject(
  open: OpenDataset,
  extra: ExtraRows | undefined,
  focus: Focus,
  intent: Intent,
): Subject {
  const info = focusInfo(open, extra, focus, intent)
  const { kind, title, universe, whitened, latent } = info
  return {
    key:
      info.kind === 'live' ? liveKey(intent) : `${info.kind} ${JSON.stringify(focus)} ${intent.replicaSeed}`,
    kind,
    title,
    spectrum: Float64Array.from(info.spectrum),
    error: info.error ? Float64Array.from(info.error) : null,
    whitened,
    latent,
    coefficients: info.coefficients ?? null,
    universe,
  }
}

/** A row of the file the user dropped; null when it was dropped on another dataset or has no such row. */
export function droppedSubject(open: OpenDataset, dropped: DroppedSpectra, row: number): Subject | null {
  if (dropped.manifestHash !== open.header.manifestHash || row < 0 || row >= dropped.rows) return null
  const width = dropped.whitened.length / dropped.rows
  const part = (values: Float32Array): Float32Array => values.subarray(row * width, (row + 1) * width)
  const whitened = part(dropped.whitened)
  return {
    key: `dropped ${dropped.name} ${row}`,
    kind: 'dropped',
    title: dropped.rows > 1 ? `${dropped.name}, row ${row}` : dropped.name,
    spectrum: Float64Array.from(part(dropped.spectra)),
    error: null,
    whitened,
    latent: runMlp(open.encoder.mlp, whitened, 1), // the encoder may be another than when it was dropped
    coefficients: null,
  }
}

function liveKey(intent: Intent): string {
  return `live ${intent.order} ${coefficientArray(intent.coefficients).join(' ')}`
}
