import { dirname } from 'node:path'
import { AppError } from '../../../errors.ts'
import type { FitKind, FitSetup } from '../analysis/fit/fit-setup.ts'
import type { NetworkPlanFile } from '../analysis/plan/plan.ts'
import { planSetup, planTasks } from '../analysis/plan/plan-tasks.ts'
import type { FitIntent } from '../intent.ts'
import { linkableSetup } from '../linkable-setup.ts'
import { takenSetup, type FitOptions } from './fit-options.ts'
import { readPlan } from './run-task.ts'

export const planOption = {
  kind: 'file',
  what: 'plan',
  help: 'plan.json of plan --out: its set-up in place of a preset, its networks, by default of its folder',
} as const

/** Options of a fit, with what a plan says of them. */
export async function withPlan<T extends FitOptions & { plan?: string; mode?: FitKind }>(
  asked: T,
): Promise<{ kind: FitKind; options: T; plan: NetworkPlanFile | null }> {
  if (asked.plan === undefined) return { kind: asked.mode ?? 'binned', options: asked, plan: null }
  if (takenSetup(asked) === null || asked.preset.length > 1)
    throw new AppError(
      'input/invalid',
      `--plan says the set-up and its networks, --preset ${asked.preset.join()} does too. Leave one out.`,
    )
  const { plan } = await readPlan(asked.plan)
  const kind = asked.mode ?? 'unbinned'
  const networks = asked.networks ?? (kind === 'unbinned' ? [dirname(asked.plan)] : undefined)
  return { kind, options: { ...asked, networks }, plan }
}

/**
 * The set-up of a bundle, as its link has it: networks of learned ratios are those of a plan.
 *
 * @throws AppError 'input/invalid' before any work, where networks have no files or a link cannot hold the set-up
 */
export function bundledSetup(kind: FitKind, setup: FitSetup, { networks }: FitOptions): FitIntent {
  const linkable = linkableSetup(setup, 'A bundle')
  if (kind !== 'unbinned') return linkable
  if (networks === undefined)
    throw new AppError(
      'input/invalid',
      '--bundle holds networks as files, those that are trained here have none. Make them with plan and run-task, and name their folder with --networks.',
    )
  return planSetup(linkable)
}

/** Which networks a fit must have, each once: those of a plan, or those under whose names the page finds them in a bundle. */
export function neededNetworks(
  kind: FitKind,
  plan: NetworkPlanFile | null,
  bundled: FitIntent | null,
): Pick<NetworkPlanFile, 'setup' | 'tasks'> | undefined {
  if (kind !== 'unbinned') return undefined
  return bundled ? { setup: bundled, tasks: planTasks(bundled) } : (plan ?? undefined)
}
