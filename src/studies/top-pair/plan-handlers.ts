import { writeZip } from '../../share/bundle/write-zip.ts'
import type { JobHandler } from '../../jobs/serve-jobs.ts'
import type { FitJobs } from './analysis/fit/fit-jobs.ts'
import { makePlan } from './analysis/plan/make-plan.ts'
import { planFiles } from './analysis/plan/plan-files.ts'
import { fitLink } from './fit-link.ts'

/** The folder that the command `plan` writes, as a zip. */
export const planHandlers: { 'plan-networks': JobHandler<FitJobs['plan-networks']> } = {
  'plan-networks': async ({ setup }) => {
    const files = planFiles(await makePlan(setup, fitLink))
    return writeZip(
      files.map(({ name, text }) => ({
        path: `theoryscape-plan/${name}`,
        bytes: new TextEncoder().encode(text),
      })),
    )
  },
}
