import * as z from 'zod'
import { AppError, checkedBy, describeIssues } from '../../errors.ts'
import { fitVersion } from './analysis/fit/fit-version.ts'
import { planSchemaVersion, type NetworkPlanFile } from './analysis/plan/plan.ts'
import { planSetup, planTasks } from './analysis/plan/plan-tasks.ts'
import { fitSchema } from './intent.ts'

z.config({ jitless: true })

/** Larger than the plan of any set-up: 100 replicas of 8 operators have 2 MB. */
export const largestPlanBytes = 16 * 2 ** 20

const text = z.string().max(500)

const planSchema: z.ZodType<NetworkPlanFile> = z.object({
  format: z.literal('theoryscape-plan'),
  schemaVersion: z.literal(planSchemaVersion),
  kind: z.literal('ratio networks'),
  product: text,
  numbers: text,
  link: z.string().regex(/^#[A-Za-z0-9._=&-]{1,32000}$/),
  setup: fitSchema,
  tasks: z
    .array(
      z.object({
        id: z.string().regex(/^[a-z0-9-]{1,64}$/),
        terms: z.array(text).min(1).max(100),
        replica: z.number().int().positive(),
        options: z.record(text, text),
      }),
    )
    .min(1)
    .max(10_000),
})

/**
 * A plan as it was written.
 *
 * @throws AppError 'data/corrupt' for what is none, 'data/mismatch' for one that was changed by hand or is of another version
 */
export function parsePlan(json: string): NetworkPlanFile {
  const cure = 'Make the plan again with plan --out.'
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    throw new AppError('data/corrupt', `The plan is not JSON. ${cure}`)
  }
  const { schemaVersion } = (value ?? {}) as { schemaVersion?: unknown }
  if (typeof schemaVersion === 'number' && schemaVersion > planSchemaVersion)
    throw new AppError(
      'data/mismatch',
      `The plan has version ${schemaVersion}, this program reads ${planSchemaVersion}. Use the program that made it, or a newer one.`,
    )
  const parsed = checkedBy(planSchema, value)
  if (!parsed.success)
    throw new AppError(
      'data/corrupt',
      `The plan is not as it is written: ${describeIssues(parsed.error.issues)}. ${cure}`,
    )
  const plan = parsed.data
  if (plan.numbers !== fitVersion)
    throw new AppError(
      'data/mismatch',
      `The plan was made for the numbers of ${plan.numbers}, this program has ${fitVersion}: its networks would be others. Use that program, or make the plan again.`,
    )
  const expected = planTasks(planSetup(plan.setup))
  if (expected.length !== plan.tasks.length)
    throw new AppError(
      'data/mismatch',
      `The plan lists ${plan.tasks.length} tasks, its set-up needs ${expected.length}. It was changed by hand. ${cure}`,
    )
  const other = plan.tasks.findIndex((task, i) => !sameTask(task, expected[i]))
  if (other >= 0)
    throw new AppError(
      'data/mismatch',
      `Task ${plan.tasks[other].id} of the plan is not what its set-up needs there (${expected[other].id}). It was changed by hand. ${cure}`,
    )
  return plan
}

type Task = NetworkPlanFile['tasks'][number]

function sameTask(a: Task, b: Task): boolean {
  const words = ({ id, terms, replica, options }: Task) =>
    JSON.stringify([id, terms, replica, Object.entries(options).toSorted()])
  return words(a) === words(b)
}
