import { writeZip } from '../../share/bundle/write-zip.ts'
import type { JobHandler } from '../../jobs/serve-jobs.ts'
import type { FitJobs } from './analysis/fit/fit-jobs.ts'
import { makePlan } from './analysis/plan/make-plan.ts'
import { plannedNetworks } from './analysis/plan/check-planned.ts'
import { planFiles } from './analysis/plan/plan-files.ts'
import { loadNetworks } from './analysis/ratios/load-networks.ts'
import { fitLink } from './fit-link.ts'
import { parsePlan } from './plan-schema.ts'

/** The folder that the command `plan` writes, as a zip; and what came of it elsewhere. */
export const planHandlers: {
  'plan-networks': JobHandler<FitJobs['plan-networks']>
  'load-planned': JobHandler<FitJobs['load-planned']>
} = {
  'plan-networks': async ({ setup }) => {
    const files = planFiles(await makePlan(setup, fitLink))
    return writeZip(
      files.map(({ name, text }) => ({
        path: `theoryscape-plan/${name}`,
        bytes: new TextEncoder().encode(text),
      })),
    )
  },
  'load-planned': async ({ plan: text, files: found }) => {
    const plan = parsePlan(text)
    const { setup } = plan
    if (found.length === 0) return { setup, files: [], networks: [] }
    const files = plannedNetworks(found, plan).map((one) => one.files)
    const { networks } = await loadNetworks(files, setup, { trustCards: false, replicas: setup.replicas })
    return { setup, files, networks }
  },
}
