import type { Facts } from '../../../core/facts.ts'
import { operatorNames } from '../../../physics/smeft/operators.ts'
import { morphSpectrum, type EftOrder } from '../../../physics/drell-yan/spectrum-templates.ts'
import { shownSpectrum, shownValues } from '../analysis/shown-spectrum.ts'
import { coefficientArray } from './actions.ts'
import type { DrellYanState, OpenDataset } from './drell-yan-state.ts'
import { focusInfo, neighboursOf } from './focus.ts'

/** The pole of the Z [GeV] */
const poleGeV = 91.19

function factsOf(state: DrellYanState): Facts {
  const { intent, dataset, training } = state
  const open = dataset.value
  return {
    ...Object.fromEntries(operatorNames.map((name) => [`c.${name}`, intent.coefficients[name] ?? 0])),
    view: intent.view,
    order: intent.order,
    colour: intent.colourBy,
    space: intent.neighbourSpace,
    inspector: intent.panels.inspector,
    encoder: open?.encoder.id ?? null,
    'lost.shown': intent.showLost,
    'focus.kind': intent.focus.kind,
    'focus.universe': intent.focus.kind === 'universe' ? intent.focus.id : null,
    'training.status': training.status,
    'training.step': training.step,
    ...(open ? ofLive(open, intent) : noLive),
    ...(open ? ofFocus(open, state) : noFocus),
  }
}

const noLive: Facts = {
  'live.pole': null,
  'live.tail': null,
  'live.tailAtHalf': null,
  'live.tailLinear': null,
  'live.tailQuadratic': null,
}

function ofLive(
  { header }: OpenDataset,
  { coefficients, order }: Pick<DrellYanState['intent'], 'coefficients' | 'order'>,
): Facts {
  const { templates } = header.universeModel
  const shown = shownSpectrum(templates.observables, 'mll')
  if (shown.name !== 'mll') return noLive
  const sm = shownValues(shown, templates.sm)
  const at = coefficientArray(coefficients)
  const half = at.map((value) => value / 2)
  const ratios = (point: Float64Array, of: EftOrder) =>
    shownValues(shown, morphSpectrum(templates, point, of)).map((value, b) => value / sm[b])
  const live = ratios(at, order)
  const last = live.length - 1
  const pole = shown.edges.findIndex((edge, b) => edge <= poleGeV && poleGeV < shown.edges[b + 1])
  return {
    'live.pole': pole < 0 ? null : live[pole],
    'live.tail': live[last],
    /** At half of every coefficient. */
    'live.tailAtHalf': ratios(half, order)[last],
    'live.tailLinear': ratios(at, 'linear')[last],
    'live.tailQuadratic': ratios(at, 'quadratic')[last],
  }
}

const noFocus: Facts = { 'focus.distance': null, 'focus.kept': null, 'focus.keptWilson': null }

/** Neighbours that are asked for in each space */
const neighbours = 15

function ofFocus(open: OpenDataset, state: DrellYanState): Facts {
  const { intent, rows, extra } = state
  const info = focusInfo(open, { shipped: rows, drawn: extra.value }, intent.focus, intent)
  const { overlaps } = neighboursOf(open, info, 'latent', neighbours)
  const shared = (space: string) => overlaps.find((each) => each.space === space)?.shared ?? null
  return {
    'focus.distance': info.distance,
    'focus.kept': shared('spectrum'),
    'focus.keptWilson': shared('wilson'),
  }
}

/** What lessons ask of Drell-Yan. Ratios are of m_ll, to the SM, in the bin of the Z pole and in the last one. */
export const drellYanFacts = { of: factsOf }
