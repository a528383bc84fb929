import type { FitIntent } from '../../intent.ts'
import type { NetworkFiles } from '../ratios/network-files.ts'
import type { PlanTask } from './plan-tasks.ts'

/** Version of the layout of plans. */
export const planSchemaVersion = 1

/** What `plan.json` holds: all that a machine needs to train its share of the networks of a fit. */
export interface NetworkPlanFile {
  format: 'theoryscape-plan'
  schemaVersion: typeof planSchemaVersion
  kind: 'ratio networks'
  /** Name and version of the product that made it. */
  product: string
  /** Of the code behind the numbers: another one trains other weights. */
  numbers: string
  /** Opens the set-up in the page, from "#" on. */
  link: string
  setup: FitIntent
  tasks: PlanTask[]
}

/** The text of a plan, and the networks that lie beside it. */
export interface PlannedFiles {
  plan: string
  files: NetworkFiles[]
}
