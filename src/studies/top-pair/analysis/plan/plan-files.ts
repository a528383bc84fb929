import type { NetworkPlanFile } from './plan.ts'

/** A file of a plan's folder. */
export interface PlanText {
  name: string
  text: string
}

/** Most tasks of one Slurm array: the default of MaxArraySize is 1001. */
const largestArray = 1000

/** One thread: networks are small, and as many run side by side as there are cores. */
const oneThread = ['OMP_NUM_THREADS=1', 'OPENBLAS_NUM_THREADS=1', 'UV_THREADPOOL_SIZE=1']

/** Of one training [MB]; docs/performance.md has what was measured. */
const memoryMb = 1500

/** plan.json and what engines read beside it, plain text all: one job for each network. */
export function planFiles(plan: NetworkPlanFile): PlanText[] {
  const ids = plan.tasks.map(({ id }) => id)
  return [
    { name: 'plan.json', text: `${JSON.stringify(plan, null, 2)}\n` },
    { name: 'tasks.txt', text: ids.map((id) => `${id}\n`).join('') },
    { name: 'Snakefile', text: snakefile },
    { name: 'slurm.sh', text: slurmScript(ids.length) },
    { name: 'condor.sub', text: condorFile },
    { name: 'README.txt', text: readme(plan) },
  ]
}

const snakefile = `# snakemake --cores 2 makes all networks and fits them; "networks" in place of nothing stops before the fit.
# Another program: --config theoryscape="node /path/to/theoryscape.mjs". Slurm: --cluster "sbatch --parsable -c 1 --mem ${memoryMb}".
workdir: workflow.basedir

RUN = config.get("theoryscape", "theoryscape")
with open("tasks.txt") as lines:
    TASKS = lines.read().split()
NETWORKS = expand("{task}/card.json", task=TASKS)

rule all:
    input: "fit.zip"

rule networks:
    input: NETWORKS

rule network:
    output: "{task}/card.json", "{task}/model.json", "{task}/weights.bin"
    wildcard_constraints: task="[a-z0-9-]{1,64}"
    threads: 1
    resources: mem_mb=${memoryMb}
    shell: "${oneThread.join(' ')} {RUN} run-task plan.json {wildcards.task}"

rule fit:
    input: NETWORKS
    output: "fit.json", "fit.zip"
    threads: 1
    resources: mem_mb=${memoryMb}
    # A fit that was stopped goes on.
    shell: "${oneThread.join(' ')} {RUN} fit --plan plan.json --networks . --out fit.json --bundle fit.zip $(test -e fit.json.checkpoint && echo --resume)"
`

function slurmScript(tasks: number): string {
  return `#!/bin/bash
#SBATCH --job-name=theoryscape
#SBATCH --array=1-${Math.min(tasks, largestArray)}
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=1
#SBATCH --mem=${memoryMb}M
#SBATCH --output=slurm-%A-%a.log
# Line of tasks.txt: that of the array, and the number behind the script's name added to it.
cd "\${SLURM_SUBMIT_DIR:-.}" || exit 2
export ${oneThread.join(' ')}
task=$(sed -n "$((SLURM_ARRAY_TASK_ID + \${1:-0}))p" tasks.txt)
# Unquoted: a program may be "node /path/to/theoryscape.mjs".
exec \${THEORYSCAPE:-theoryscape} run-task plan.json "$task"
`
}

const condorFile = `# condor_submit condor.sub, in this folder, on a file system that the machines share.
universe = vanilla
executable = /usr/bin/env
transfer_executable = false
should_transfer_files = NO
# Another program: node /path/to/theoryscape.mjs in place of theoryscape.
arguments = theoryscape run-task plan.json $(task)
environment = "${oneThread.join(' ')}"
getenv = PATH,HOME
request_cpus = 1
request_memory = ${memoryMb}MB
# 3: stopped. That and a signal go on from the checkpoint; what failed otherwise, no second try cures.
on_exit_remove = (ExitBySignal =?= False) && (ExitCode =!= 3)
log = condor.log
output = $(task).out
error = $(task).err
queue task from tasks.txt
`

/** Ten lines. */
function readme({ tasks, setup, product, numbers }: NetworkPlanFile): string {
  const { length } = tasks
  const later = Math.ceil(length / largestArray) - 1
  const more = Array.from({ length: later }, (_, k) => {
    const from = (k + 1) * largestArray
    return `sbatch --array=1-${Math.min(largestArray, length - from)} slurm.sh ${from}`
  })
  return [
    `A plan of ${length} ratio networks (${setup.operators.join(', ')}; ${setup.mode}; ${setup.replicas} replicas), made by ${product} (${numbers}).`,
    'plan.json says all of it; its "link" behind the address of the page opens the set-up there.',
    `One network:   theoryscape run-task plan.json ${tasks[0].id}   (writes ${tasks[0].id}/: card.json, model.json, weights.bin, run.json)`,
    'It ends with 0: the network stands; 2: bad input; 3: stopped, and the same line goes on from its checkpoint.',
    'Snakemake:     snakemake --cores 2   (also makes the fit: fit.json, fit.zip)',
    `Slurm:         ${['sbatch slurm.sh', ...more].join('; ')}`,
    'HTCondor:      condor_submit condor.sub',
    `Each job takes one core and at most ${memoryMb} MB. What stands is not made again; what is deleted is made again to the byte.`,
    'Fit:           theoryscape fit --plan plan.json --networks . --out fit.json --bundle fit.zip',
    'Drop fit.zip on the page, or this folder as one archive: networks and posteriors are shown with where they come from.',
    '',
  ].join('\n')
}
