import type { NetworkTask } from '../analysis/fit/fit-setup.ts'
import { networkTasks } from '../analysis/ratios/network-tasks.ts'
import type { NetworkFiles } from '../analysis/ratios/network-files.ts'
import type { FitIntent } from '../intent.ts'
import { shippedFor } from '../shipped-networks.ts'
import { networkKey } from './fit-keys.ts'

/** Networks of a user's own, as they were dropped. */
export interface OwnNetworks {
  /** Of cards and weights, in their order. */
  hash: string
  files: NetworkFiles[]
  tasks: NetworkTask[]
}

export type NetworkSource = 'own' | 'shipped' | 'trained'

/** A network that a set-up takes, and where it comes from. */
export interface PlannedNetwork {
  task: NetworkTask
  /** All that decides its numbers. */
  key: string
  from: NetworkSource
  /** Of a shipped one. */
  id?: string
}

/** Files of one's own before those that the page ships, these before a training. */
export function networkPlan(
  setup: FitIntent,
  own: Pick<OwnNetworks, 'hash' | 'tasks'> | null,
): PlannedNetwork[] {
  if (own)
    return own.tasks.map((task, i) => ({ task, key: `fit/own/${own.hash}#${i}`, from: 'own' as const }))
  const shipped = shippedFor(setup)
  return networkTasks(setup).map((task) => {
    if (shipped.length === 0) return { task, key: networkKey(setup, task), from: 'trained' }
    const { id, weightsSha256 } = shipped[task.replica]
    return { task, key: `fit/shipped/${weightsSha256}#${id}`, from: 'shipped', id }
  })
}
