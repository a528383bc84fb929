import { existsSync, readdirSync, readFileSync, rmdirSync } from 'node:fs'
import { join } from 'node:path'
import { checkFolderContent } from '../../../cli/check-folder-content.ts'
import { AppError } from '../../../errors.ts'
import { readRatioModelFiles } from '../../../ml/ratio/ratio-model-files.ts'
import type { ReadRatioCard } from '../../../ml/ratio/ratio-card.ts'
import { planMatcher } from '../analysis/plan/match-card.ts'
import type { NetworkPlanFile } from '../analysis/plan/plan.ts'
import type { PlanTask } from '../analysis/plan/plan-tasks.ts'

/** What run-task writes: the last beside the three that are equal to the byte. */
const taskFileNames = ['card.json', 'model.json', 'weights.bin', 'run.json'] as const

/**
 * The card of the network that stands in a task's folder, read and compared with the plan; null where none stands.
 *
 * @throws AppError 'input/invalid' for a folder with other files, 'model/corrupt' for a damaged network, 'model/mismatch' for that of
 *         another plan: nobody's work is overwritten
 */
export async function standingResult(
  folder: string,
  plan: NetworkPlanFile,
  task: PlanTask,
): Promise<ReadRatioCard | null> {
  if (!existsSync(folder)) return null
  // An engine that looks after files leaves a mark of its own.
  checkFolderContent('out', folder, /^(card\.json|model\.json|weights\.bin|run\.json|\.snakemake_timestamp)$/)
  const there = taskFileNames.filter((name) => existsSync(join(folder, name)))
  if (there.length === 0) return null
  const cure = `Remove ${folder} to train it again.`
  const missing = taskFileNames.slice(0, 3).filter((name) => !there.includes(name))
  // Whoever deletes a file of a network asks for it again.
  if (missing.length > 0) return null
  const read = (name: string): Buffer => readFileSync(join(folder, name))
  const { card } = await readRatioModelFiles({
    card: read('card.json').toString('utf8'),
    weights: new Uint8Array(read('weights.bin')),
  }).catch((thrown: unknown) => {
    const { code, message, context } = AppError.from(thrown)
    throw new AppError(code, `${folder}: ${message} ${cure}`, context)
  })
  const found = planMatcher(plan).taskOf(card)
  if (typeof found === 'string' || found.id !== task.id) {
    const why = typeof found === 'string' ? found : `it is ${found.id} of the plan`
    throw new AppError('model/mismatch', `${folder} holds another network than ${task.id}: ${why}. ${cure}`)
  }
  return card
}

/** Engines make the folders of what they expect; a network comes as a whole folder or not at all. */
export function removeEmptyFolder(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder)
}
