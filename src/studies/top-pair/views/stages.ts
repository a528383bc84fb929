import { fitKinds } from '../analysis/fit/fit-setup.ts'
import type { FitState, FitTrack, NetworkTile } from '../state/fit-state.ts'
import { formatCount, formatNumber, formatPercent } from '../../../ui/common/format.ts'
import { kindStyles } from './kinds.ts'

export interface Stage {
  mark: 'waiting' | 'running' | 'done' | 'stale' | 'failed'
  text: string
}

export function networkStage(networks: readonly NetworkTile[]): Stage {
  const count = (status: NetworkTile['status']) => networks.filter((tile) => tile.status === status).length
  const done = count('done')
  const busy = count('sampling') + count('training')
  const failed = count('failed')
  const from = networks[0]?.from ?? 'trained'
  const ready = { own: 'loaded from your files', shipped: 'loaded', trained: 'trained' }[from]
  const text = `${done} of ${networks.length} ${ready}${failed ? `, ${failed} failed` : ''}`
  if (busy > 0) return { mark: 'running', text }
  if (failed > 0) return { mark: 'failed', text }
  return { mark: networks.length > 0 && done === networks.length ? 'done' : 'waiting', text }
}

export function fitStage({ status, live, outcome }: FitTrack, stale: boolean): Stage {
  if (status === 'running' && live)
    return { mark: 'running', text: `${formatPercent(live.report.remainder)} of Z to go` }
  if (status === 'waiting' || status === 'running') return { mark: 'running', text: 'starting' }
  if (status === 'failed') return { mark: 'failed', text: 'failed' }
  if (!outcome) return { mark: 'waiting', text: 'none yet' }
  if (stale) return { mark: 'stale', text: 'of an earlier set-up' }
  return { mark: 'done', text: `${formatNumber(outcome.value.seconds, 2)} s` }
}

/** What is going on, in one sentence. */
export function runSentence(state: FitState, resumable: number): string {
  const { status, networks, fits, data, recorded } = state
  if (status === 'paused') return 'Paused. Nothing is lost; Go on continues.'
  if (status === 'running') {
    if (data.status === 'running') return `${data.label ?? 'Preparing the data'}.`
    const busy = networks.filter((tile) => tile.status === 'sampling' || tile.status === 'training').length
    const sampling = fitKinds.filter((kind) => fits[kind].status === 'running')
    const parts = [
      ...(busy > 0 ? [`${busy} network${busy > 1 ? 's' : ''} in training`] : []),
      ...(sampling.length > 0
        ? [`sampling ${sampling.map((kind) => kindStyles[kind].label).join(', ')}`]
        : []),
    ]
    return parts.length > 0 ? `${parts.join('; ')}.` : 'Running.'
  }
  const done = fitKinds.filter((kind) => fits[kind].outcome)
  if (recorded)
    return `A result of this set-up, recorded on ${recorded.date} with ${recorded.made}. Run all makes your own in its place.`
  if (resumable > 0)
    return `Checkpoints of ${resumable} run${resumable > 1 ? 's' : ''} of this set-up are kept: Run all goes on from there.`
  if (done.length === 0)
    return 'Draws the data, trains the networks in parallel workers, and fits three ways. Everything runs in this page.'
  return done.length === fitKinds.length
    ? 'Done. Change anything and run again: what still holds is kept.'
    : `Fitted: ${done.map((kind) => kindStyles[kind].label).join(', ')}.`
}

/** What the learned ratios of the observed events rest on. */
export function ratioStage({ status, value, fraction }: FitState['ratios']): Stage {
  if (status === 'running')
    return { mark: 'running', text: fraction ? formatPercent(fraction) : 'predicting' }
  if (status === 'failed') return { mark: 'failed', text: 'failed' }
  if (!value) return { mark: 'waiting', text: 'none yet' }
  const { calibration } = value.value
  return { mark: 'done', text: calibration ? `from ${formatCount(calibration.cells)} cells` : 'as learned' }
}

/** How far the unbinned fit can be trusted, in a sentence; null while there are no ratios. */
export function ratioSentence({ value }: FitState['ratios']): string | null {
  if (!value) return null
  const { calibration } = value.value
  if (!calibration)
    return 'Unbinned: ratios as the networks give them. Their errors are in the intervals and are not told by them; see Calibration.'
  const { cells, events, medianEffectiveEvents } = calibration
  return `Unbinned: the learned ratios only divide the events into ${formatCount(cells)} cells, whose ratios are summed from ${formatCount(events)} simulated events (${formatCount(medianEffectiveEvents)} effective ones in the middle cell). Poor networks widen these intervals rather than shift them.`
}
