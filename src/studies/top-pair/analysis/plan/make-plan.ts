import { AppError } from '../../../../errors.ts'
import { product } from '../../../../product.ts'
import type { FitIntent } from '../../intent.ts'
import { fitVersion } from '../fit/fit-version.ts'
import { planSchemaVersion, type NetworkPlanFile } from './plan.ts'
import { planSetup, planTasks } from './plan-tasks.ts'

/**
 * The plan of a set-up. Equal set-ups make equal plans.
 *
 * @param linkOf  the link of the set-up that is planned, from "#" on
 * @throws AppError 'input/invalid' where no term needs a network
 */
export async function makePlan(
  asked: FitIntent,
  linkOf: (setup: FitIntent) => Promise<string>,
): Promise<NetworkPlanFile> {
  const setup = planSetup(asked)
  const tasks = planTasks(setup)
  if (tasks.length === 0)
    throw new AppError(
      'input/invalid',
      `No term of ${setup.operators.join(', ')} in a ${setup.mode} fit needs a network: nothing there interferes with QCD at leading order. Fit quadratic terms or other operators.`,
    )
  return {
    ...{ format: 'theoryscape-plan', schemaVersion: planSchemaVersion, kind: 'ratio networks' },
    ...{ product, numbers: fitVersion, link: await linkOf(setup), setup, tasks },
  }
}
