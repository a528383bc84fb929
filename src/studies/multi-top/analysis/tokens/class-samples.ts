import { emptySampleEvents, type SampleEvents } from '../../../../dataset/event-samples/sample-events.ts'

/** Classes that are shipped, by their number of top quarks; a label is a place in this list. */
export const multiTopClasses = [
  { id: 'multitop-0t', label: '0 tops' },
  { id: 'multitop-1t', label: '1 top' },
  { id: 'multitop-2t', label: '2 tops' },
  { id: 'multitop-3t', label: '3 tops' },
  { id: 'multitop-4t', label: '4 tops' },
] as const

/** Signals of dark matter that are searched for: scalars of 100, 300, 500 GeV beside a top pair, or a top quark and a W. */
export const searchSignals = ['ttphi', 'twphi'].flatMap((process) =>
  [100, 300, 500].map((mass) => ({
    id: `${process}-m${mass}-chi1`,
    label: `${process === 'ttphi' ? 'tt̄ϕ' : 'tWϕ'} ${mass} GeV`,
  })),
)

/** Blocks of a sample behind each other. */
export function joinEvents(blocks: readonly SampleEvents[]): SampleEvents {
  const objects = blocks.reduce((sum, { types }) => sum + types.length, 0)
  const all = emptySampleEvents(
    blocks.reduce((sum, { events }) => sum + events, 0),
    objects,
  )
  let [event, object] = [0, 0]
  for (const block of blocks) {
    for (const key of ['weight', 'part', 'met', 'metPhi'] as const) all[key].set(block[key], event)
    for (const key of ['types', 'pt', 'eta', 'phi'] as const) all[key].set(block[key], object)
    for (let i = 0; i <= block.events; i++) all.first[event + i] = object + block.first[i]
    event += block.events
    object += block.types.length
  }
  return all
}
