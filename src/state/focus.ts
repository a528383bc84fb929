import { liveUniverse, type LiveUniverse } from '../analysis/drell-yan/live-universe.ts'
import {
  nearestUniverses,
  overlap,
  type Neighbour,
  type NeighbourSpace,
} from '../analysis/drell-yan/neighbours.ts'
import { replicaSpectrum } from '../analysis/drell-yan/replicas.ts'
import { coefficientsOf } from '../analysis/drell-yan/universes.ts'
import { whitenSpectra } from '../analysis/drell-yan/whitening.ts'
import { runMlp } from '../ml/mlp.ts'
import { morphSpectrum } from '../physics/drell-yan/spectrum-templates.ts'
import type { Focus, Intent } from '../share/schema.ts'
import { coefficientArray } from './actions.ts'
import type { ExtraRows, OpenDataset } from './app-state.ts'

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

export function liveOf(open: OpenDataset, intent: Intent): LiveUniverse {
  return liveUniverse(
    open.header.model,
    open.encoder.mlp,
    coefficientArray(intent.coefficients),
    intent.order,
  )
}

/** Resolves a focus; one that the open dataset does not have falls back to the live universe. */
export function focusInfo(
  open: OpenDataset,
  extra: ExtraRows | undefined,
  focus: Focus,
  intent: Intent,
): FocusInfo {
  const { table, manifest, model, measurement } = open.header
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
    if (focus.row < open.rows) {
      const bins = model.templates.sm.length
      const universe = Math.floor(focus.row / manifest.replicasPerUniverse)
      const spectrum = open.spectra.subarray(focus.row * bins, (focus.row + 1) * bins)
      return replicaInfo(open, universe, focus.row % manifest.replicasPerUniverse, spectrum)
    }
    const beyond = focus.row - shipped
    if (extra && beyond >= 0 && beyond < extra.rows) {
      const universe = Math.floor(beyond / extra.perUniverse)
      const replica = extra.firstReplica + (beyond % extra.perUniverse)
      const mean = morphSpectrum(model.templates, coefficientsOf(table, universe), manifest.order)
      return replicaInfo(
        open,
        universe,
        replica,
        replicaSpectrum(model.whitening, mean, intent.replicaSeed, universe, replica),
      )
    }
  }
  const live = liveOf(open, intent)
  return {
    kind: 'live',
    title: 'Live universe',
    ...live,
    coefficients: coefficientArray(intent.coefficients),
    flagged: live.negativeBin >= 0,
  }
}

function universeInfo(open: OpenDataset, universe: number): FocusInfo {
  const { table, model, manifest, shape, whitenedMeans } = open.header
  const bins = model.templates.sm.length
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
  const { model, table } = open.header
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
  const { table, whitenedMeans, model } = open.header
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
