import { AppError, shortName } from '../../../../errors.ts'
import { parseRatioCard } from '../../../../ml/ratio/ratio-card.ts'
import type { NetworkFiles } from '../ratios/network-files.ts'
import { planMatcher } from './match-card.ts'
import type { NetworkPlanFile } from './plan.ts'
import type { PlanTask } from './plan-tasks.ts'

/** Of each list as many as a message has room for. */
const shown = 2

/**
 * The networks of a plan among files, in its order.
 *
 * @throws AppError 'model/mismatch' with all missing, doubled and foreign networks in its context
 */
export function plannedNetworks(
  files: readonly NetworkFiles[],
  plan: Pick<NetworkPlanFile, 'setup' | 'tasks'>,
): { task: PlanTask; files: NetworkFiles }[] {
  const { taskOf } = planMatcher(plan)
  const of = new Map<string, NetworkFiles[]>(plan.tasks.map(({ id }) => [id, []]))
  const foreign: string[] = []
  for (const file of files) {
    const found = cardTask(file)
    if (typeof found === 'string') foreign.push(`${shortName(file.name)} (${found})`)
    else of.get(found.id)!.push(file)
  }
  const missing = [...of].flatMap(([id, own]) => (own.length === 0 ? [id] : []))
  const doubled = [...of].flatMap(([id, own]) =>
    own.length > 1 ? [`${id} (${own.map(({ name }) => shortName(name)).join(', ')})`] : [],
  )
  const problems = Object.entries({ missing, doubled, foreign }).flatMap(([name, list]) =>
    list.length > 0 ? [`${list.length} ${name}: ${shortened(list)}`] : [],
  )
  if (problems.length > 0)
    throw new AppError(
      'model/mismatch',
      `The set-up needs ${plan.tasks.length} networks, each once. ${problems.join('. ')}. Make what is missing with run-task, leave the others out.`,
      { missing, doubled, foreign },
    )
  return plan.tasks.map((task) => ({ task, files: of.get(task.id)![0] }))

  function cardTask({ card }: NetworkFiles): PlanTask | string {
    try {
      return taskOf(parseRatioCard(card))
    } catch (thrown) {
      return AppError.from(thrown).message
    }
  }
}

function shortened(list: readonly string[]): string {
  const more = list.length - shown
  return list.slice(0, shown).join(', ') + (more > 0 ? ` and ${more} more` : '')
}
