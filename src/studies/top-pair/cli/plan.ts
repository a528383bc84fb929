import { checkFolderContent } from '../../../cli/check-folder-content.ts'
import { defineCommand } from '../../../cli/command.ts'
import { writeFiles } from '../../../cli/files.ts'
import type { OptionTable } from '../../../cli/options/option.ts'
import { checkSetup } from '../analysis/fit/check-setup.ts'
import { makePlan } from '../analysis/plan/make-plan.ts'
import { planFiles } from '../analysis/plan/plan-files.ts'
import { vanishingTerms } from '../analysis/ratios/network-tasks.ts'
import { fitLink } from '../fit-link.ts'
import { linkableSetup } from '../linkable-setup.ts'
import { setupFromOptions, setupOptions, takenSetup } from './fit-options.ts'

export const planOptions = {
  ...setupOptions,
  out: {
    ...{ kind: 'output', what: 'folder', required: true },
    help: 'for plan.json, tasks.txt, Snakefile, slurm.sh, condor.sub and README.txt; networks come beside them',
  },
} as const satisfies OptionTable

export const planCommand = defineCommand({
  summary: 'networks of a fit as jobs: a plan with files for Snakemake, Slurm and HTCondor',
  options: planOptions,
  run: async ({ out, ...options }, log) => {
    const taken = takenSetup(options)
    if (taken) log(taken)
    const chosen = setupFromOptions(options)
    checkSetup(chosen)
    const setup = linkableSetup(chosen, 'A plan')
    const plan = await makePlan(setup, fitLink)
    const files = planFiles(plan)
    checkFolderContent(
      'out',
      out,
      files.map(({ name }) => name),
    )
    writeFiles(
      out,
      files.map(({ name, text }) => ({ name, bytes: text })),
    )
    return {
      tasks: plan.tasks.map(({ id }) => id),
      withoutNetwork: vanishingTerms(setup),
      ...{ link: plan.link, files: files.map(({ name }) => `${out}/${name}`) },
    }
  },
})
