import { liveUniverse, type LiveUniverse } from '../analysis/live-universe.ts'
import { nearestUniverses, overlap, type Neighbour, type NeighbourSpace } from '../analysis/neighbours.ts'
import { replicaSpectrum } from '../analysis/replicas.ts'
import { coefficientsOf } from '../analysis/universes.ts'
import { whitenSpectra } from '../analysis/whitening.ts'
import { runMlp } from '../../../ml/mlp.ts'
import { morphSpectrum } from '../../../physics/drell-yan/spectrum-templates.ts'
import type { Focus, DrellYanIntent } from '../intent.ts'
import { coefficientArray } from './actions.ts'
import type { OpenDataset, RowsOnMap } from './drell-yan-state.ts'

/** What the spectrum, the card and the neighbour list are about. */
export interface FocusInfo {
  kind: 'live' | 'universe' | 'replica' | 'measurement'
  title: string
  universe?: number
  spectrum: ArrayLike<number> // [bins], pb per bin
  error?: ArrayLike<number> // [bins], pb per bin
  whitened: Float32Array // [bins]
  latent: Float32Array // [d]
  coefficients?: Float64Array // [17]
  /** Distance to the SM in noise units. */
  distance: number
  flagged: boolean
}

/** Choices that the live universe is made of. */
type Sliders = Pick<DrellYanIntent, 'coefficients' | 'order'>

export function liveOf({ header, encoder }: OpenDataset, { coefficients, order }: Sliders): LiveUniverse {
  return liveUniverse(header.universeModel, encoder.mlp, coefficientArray(coefficients), order)
}

/** The live universe as what is looked at. */
export function liveFocus(live: LiveUniverse, coefficients: DrellYanIntent['coefficients']): FocusInfo {
  return {
    kind: 'live',
    title: 'Live universe',
    ...live,
    coefficients: coefficientArray(coefficients),
    flagged: live.negativeBin >= 0,
  }
}

/** Resolves a focus; one that the open dataset does not have falls back to the live universe. */
export function focusInfo(
  open: OpenDataset,
  rows: RowsOnMap,
  focus: Focus,
  intent: Sliders & Pick<DrellYanIntent, 'replicaSeed'>,
): FocusInfo {
  return (
    pickedFocus(open, rows, focus, intent.replicaSeed) ?? liveFocus(liveOf(open, intent), intent.coefficients)
  )
}

/** A focus on something of the dataset; null on the live universe, and where the dataset does not have it. */
export function pickedFocus(
  open: OpenDataset,
  { shipped: stored, drawn }: RowsOnMap,
  focus: Focus,
  replicaSeed: number,
): FocusInfo | null {
  const { table, manifest, universeModel: model, measurement } = open.header
  if (focus.kind === 'measurement' && measurement && open.embedding.measurement)
    return {
      kind: 'measurement',
      title: measurement.title,
      spectrum: measurement.spectrum,
      error: measurement.error,
      whitened: measurement.whitened,
      latent: open.embedding.measurement,
      distance: Math.sqrt(measurement.chi2ToSm),
      flagged: false,
    }
  if (focus.kind === 'universe' && focus.id < table.count) return universeInfo(open, focus.id)
  if (focus.kind === 'row') {
    const shipped = table.count * manifest.replicasPerUniverse
    if (focus.row < stored.exact) {
      const bins = model.templates.bins
      const universe = Math.floor(focus.row / manifest.replicasPerUniverse)
      const spectrum = stored.spectra.subarray(focus.row * bins, (focus.row + 1) * bins)
      return replicaInfo(open, universe, focus.row % manifest.replicasPerUniverse, spectrum)
    }
    const beyond = focus.row - shipped
    if (drawn && beyond >= 0 && beyond < drawn.rows) {
      const universe = Math.floor(beyond / drawn.perUniverse)
      const replica = drawn.firstReplica + (beyond % drawn.perUniverse)
      const mean = morphSpectrum(model.templates, coefficientsOf(table, universe), manifest.order)
      return replicaInfo(
        open,
        universe,
        replica,
        replicaSpectrum(model.whitening, mean, replicaSeed, universe, replica),
      )
    }
  }
  return null
}

function universeInfo(open: OpenDataset, universe: number): FocusInfo {
  const { table, universeModel: model, manifest, shape, whitenedMeans } = open.header
  const bins = model.templates.bins
  const d = open.embedding.latentDim
  const coefficients = coefficientsOf(table, universe)
  return {
    kind: 'universe',
    title: universe === 0 ? 'Standard Model' : `Universe ${universe}`,
    universe,
    spectrum: morphSpectrum(model.templates, coefficients, manifest.order),
    whitened: whitenedMeans.subarray(universe * bins, (universe + 1) * bins),
    latent: open.embedding.universes.subarray(universe * d, (universe + 1) * d),
    coefficients,
    distance: shape.distance[universe],
    flagged: table.flags[universe] !== 0,
  }
}

function replicaInfo(
  open: OpenDataset,
  universe: number,
  replica: number,
  spectrum: ArrayLike<number>,
): FocusInfo {
  const { universeModel: model, table } = open.header
  const bins = spectrum.length
  const whitened = whitenSpectra(model.whitening, spectrum, 1)
  return {
    kind: 'replica',
    title: universe === 0 ? `Standard Model, replica ${replica}` : `Universe ${universe}, replica ${replica}`,
    universe,
    spectrum,
    error: Float64Array.from({ length: bins }, (_, b) => Math.sqrt(model.covariance[b * bins + b])),
    whitened,
    latent: runMlp(open.encoder.mlp, whitened, 1),
    coefficients: coefficientsOf(table, universe),
    distance: Math.hypot(...whitened),
    flagged: table.flags[universe] !== 0,
  }
}

export interface NeighbourAnswer {
  neighbours: Neighbour[]
  /** How many of them are also among the nearest in the other spaces. */
  overlaps: { space: NeighbourSpace; shared: number }[]
}

/** Neighbours of the focus in the chosen space, with what the other spaces say of them. */
export function neighboursOf(
  open: OpenDataset,
  info: FocusInfo,
  space: NeighbourSpace,
  count: number,
): NeighbourAnswer {
  const { table, whitenedMeans, universeModel: model } = open.header
  const gallery = {
    count: table.count,
    latent: open.embedding.universes,
    whitened: whitenedMeans,
    coefficients: table.coefficients,
    halfWidth: model.prior.halfWidth,
  }
  const query = {
    ...info,
    exclude: info.kind === 'live' || info.kind === 'measurement' ? undefined : info.universe,
  }
  const find = (where: NeighbourSpace) => nearestUniverses(gallery, query, where, count)
  const neighbours = find(space)
  const others = (['latent', 'spectrum', 'wilson'] as const).filter(
    (other) => other !== space && (other !== 'wilson' || info.coefficients),
  )
  return {
    neighbours,
    overlaps: others.map((other) => ({ space: other, shared: overlap(neighbours, find(other)) })),
  }
}
