import { absorbedTerms } from '../analysis/measurement.ts'
import { shapeExcess, type ShapeChoice } from '../analysis/anomaly/shapes.ts'
import { replicaSpectrum } from '../analysis/replicas.ts'
import { whitenSpectra } from '../analysis/whitening.ts'
import { runMlp } from '../../../ml/mlp.ts'
import type { Focus, DrellYanIntent, ShapeIntent } from '../intent.ts'
import { coefficientArray } from './actions.ts'
import type { DroppedSpectra, OpenDataset, RowsOnMap } from './drell-yan-state.ts'
import { liveFocus, liveOf, pickedFocus, type FocusInfo } from './focus.ts'
import { shapeTitle } from './shape-words.ts'
import type { SubjectName } from './subject-name.ts'

/** One spectrum as it was chosen, before anything is drawn on it or added to it. */
export interface BareSubject extends SubjectName {
  /** Names the spectrum: equal keys on the same dataset and encoder are equal spectra. */
  key: string
  spectrum: Float64Array // [bins], pb per bin
  error: Float64Array | null // [bins], pb per bin, where it is known
  whitened: Float32Array // [bins]
  latent: Float32Array // [d]
  /** [17] TeV^-2; null where nobody knows them. */
  coefficients: Float64Array | null
  /** The universe of a mean or a replica. */
  universe?: number
}

/** The spectrum that all tabs of Interpret are asked about, with the shape drawn on it and its noise. */
export interface Subject extends BareSubject {
  bare: BareSubject
  /** What is drawn on it; its coefficients are those of the universe underneath. */
  shape: ShapeIntent | null
  /** It carries the noise of a measurement or replica; else it is an expectation. */
  noisy: boolean
  /** Degrees of freedom that its covariance has absorbed */
  absorbed: number
}

/** The live universe as a subject. */
export function liveSubject(
  open: OpenDataset,
  sliders: Pick<DrellYanIntent, 'coefficients' | 'order'>,
): BareSubject {
  const key = `live ${sliders.order} ${coefficientArray(sliders.coefficients).join(' ')}`
  return subjectOf(liveFocus(liveOf(open, sliders), sliders.coefficients), key)
}

/** What a focus on the dataset stands for; null on the live universe, and where the dataset does not have it. */
export function pickedSubject(
  open: OpenDataset,
  rows: RowsOnMap,
  focus: Focus,
  replicaSeed: number,
): BareSubject | null {
  const info = pickedFocus(open, rows, focus, replicaSeed)
  return info && subjectOf(info, `${info.kind} ${JSON.stringify(focus)} ${replicaSeed}`)
}

function subjectOf(info: FocusInfo, key: string): BareSubject {
  const { kind, title, universe, whitened, latent } = info
  return {
    key,
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
export function droppedSubject(open: OpenDataset, dropped: DroppedSpectra, row: number): BareSubject | null {
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

/** Subjects that are expectations; the others come with their own noise. */
export function isExpectation({ kind }: Pick<BareSubject, 'kind'>): boolean {
  return kind === 'live' || kind === 'universe'
}

/**
 * The subject with a shape drawn on it and, if wished, the noise of one replica. A few milliseconds; the same arrays
 * where neither changes anything.
 *
 * @param noiseSeed  null for none; a subject with noise of its own gets no more
 */
export function drawnSubject(
  { header, encoder }: Pick<OpenDataset, 'header' | 'encoder'>,
  bare: BareSubject,
  shape: ShapeIntent | null,
  noiseSeed: number | null,
): Subject {
  const { universeModel: model } = header
  const expectation = isExpectation(bare)
  const added = expectation ? noiseSeed : null
  const all = {
    bare,
    shape,
    noisy: !expectation || added !== null,
    absorbed: absorbedTerms(bare.kind, header.manifest),
  }
  if (!shape && added === null) return { ...bare, ...all }
  let spectrum = bare.spectrum
  if (shape) {
    const excess = shapeExcess(model, shapeOf(shape))
    spectrum = spectrum.map((value, b) => value + excess[b])
  }
  if (added !== null) spectrum = replicaSpectrum(model.whitening, spectrum, added, 0, 0)
  const whitened = whitenSpectra(model.whitening, spectrum, 1)
  return {
    ...bare,
    ...all,
    key: [bare.key, shape && JSON.stringify(shapeOf(shape)), added !== null && `noise ${added}`]
      .filter(Boolean)
      .join(' '),
    title: [bare.title, shape && ` with ${shapeTitle(shape)}`, added !== null && `, noise of seed ${added}`]
      .filter(Boolean)
      .join(''),
    spectrum,
    whitened,
    latent: runMlp(encoder.mlp, whitened, 1),
  }
}

/** The intent's shape as the analysis takes it. */
export function shapeOf(shape: ShapeIntent): ShapeChoice {
  const { kind, massGeV, widthGeV, strength } = shape
  if (kind === 'resonance') return { kind, massGeV, widthGeV, strength }
  return kind === 'kink' ? { kind, massGeV, strength } : { kind, strength }
}
