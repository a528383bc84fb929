import { notCarried, type NotCarried } from '../../../core/not-carried.ts'
import { fitKinds } from '../analysis/fit/fit-setup.ts'
import type { FitState } from './fit-state.ts'

/** Events, networks and results of a fit: its link holds the set-up alone. */
export function topPairNotCarried(
  fit: Pick<
    FitState,
    'dropped' | 'chain' | 'networks' | 'fits' | 'recorded' | 'toys' | 'regions' | 'calibration'
  >,
): NotCarried[] {
  const { dropped, chain, networks, fits, recorded, toys, regions, calibration } = fit
  // What is recorded is wherever the app is.
  const done = recorded ? [] : fitKinds.filter((kind) => fits[kind].outcome)
  const made = [toys, regions, calibration].flatMap((each) => Object.values(each))
  return [
    ...(dropped ? [notCarried('events', dropped.name)] : []),
    ...(chain ? [notCarried('chain', chain.posterior.label)] : []),
    ...(networks.some(({ network, from }) => network && from !== 'shipped') ? [notCarried('networks')] : []),
    ...(done.length > 0 ? [notCarried('fits', done.join('+'))] : []),
    ...(made.some((product) => product?.value !== undefined) ? [notCarried('toys')] : []),
  ]
}
