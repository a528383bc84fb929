import { readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { defineCommand } from '../../../cli/command.ts'
import { writeFiles } from '../../../cli/files.ts'
import type { OptionTable } from '../../../cli/options/option.ts'
import { resumable, resumeOptions } from '../../../cli/resumable-run.ts'
import { AppError } from '../../../errors.ts'
import { sha256Hex } from '../../../numerics/sha256.ts'
import type { NetworkPlanFile } from '../analysis/plan/plan.ts'
import { networkTask } from '../analysis/plan/plan-tasks.ts'
import { largestPlanBytes, parsePlan } from '../plan-schema.ts'
import { ratioModelFiles } from './ratio-model.ts'
import { removeEmptyFolder, standingResult } from './task-result.ts'
import { trainTask } from './train-task.ts'

export const runTaskOptions = {
  plan: { kind: 'file', what: 'plan', required: true, help: 'plan.json of plan --out' },
  task: { kind: 'id', required: true, help: 'which of its tasks, e.g. td8-r1' },
  out: {
    ...{ kind: 'output', what: 'folder' },
    help: "for card.json, model.json, weights.bin and run.json (seconds, date and machine); default: the plan's folder and the task",
  },
  checkpoint: resumeOptions.checkpoint,
  'checkpoint-every': resumeOptions['checkpoint-every'],
} as const satisfies OptionTable

export const runTaskCommand = defineCommand({
  summary: 'trains one network of a plan on one core, or goes on with it; 0: it stands, 3: stopped',
  options: runTaskOptions,
  places: ['plan', 'task'],
  run: async (options, log) => {
    const { plan: path, task: id } = options
    const { plan, sha256 } = await readPlan(path)
    const task = plan.tasks.find((each) => each.id === id)
    if (!task)
      throw new AppError(
        'input/invalid',
        `The plan has no task ${id}. It has ${plan.tasks.length}, from ${plan.tasks[0].id} to ${plan.tasks.at(-1)!.id}.`,
      )
    const out = options.out ?? join(dirname(path), id)
    const about = { task: id, terms: task.terms, replica: task.replica, folder: out }
    const card = await standingResult(out, plan, task)
    if (card) {
      log(`${id} stands in ${out}.`)
      return { ...about, stood: true, epochs: card.epochs.done, validationLoss: card.metrics.validationLoss }
    }
    const rests = { 'the task': id, 'the plan of sha256': sha256 }
    const request = {
      ...{ command: 'run-task', options: { ...options, out }, texts: {}, rests, goesOn: true },
    }
    return resumable(request, log, async (run) => {
      const trained = await trainTask(plan.setup, networkTask(task), run, log)
      const { outcome } = trained
      removeEmptyFolder(out)
      writeFiles(out, await ratioModelFiles(outcome, trained.card, [], run.seconds()))
      return {
        ...{ ...about, stood: false, epochs: outcome.history.length },
        validationLoss: outcome.validationLoss,
      }
    })
  },
})

/** @throws AppError of parsePlan, 'data/unsupported' for a file that no plan is as large as */
export async function readPlan(path: string): Promise<{ plan: NetworkPlanFile; sha256: string }> {
  const { size } = statSync(path)
  if (size > largestPlanBytes)
    throw new AppError(
      'data/unsupported',
      `${path} has ${size} bytes, a plan has at most ${largestPlanBytes} (16 MiB). Name the plan.json of plan --out.`,
    )
  const bytes = new Uint8Array(readFileSync(path))
  return { plan: parsePlan(new TextDecoder().decode(bytes)), sha256: await sha256Hex(bytes) }
}
