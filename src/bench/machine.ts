import { spawnSync } from 'node:child_process'
import { cpus, loadavg, platform, release, totalmem } from 'node:os'

/** Where and on what a benchmark ran: numbers without it mean nothing. */
export interface Machine {
  cpu: string
  cores: number
  memoryGiB: number
  system: string
  node: string
  commit: string
  /** Mean number of waiting processes over the last minute, when the run began. */
  load: number
}

/** Above this others want the cores too and the clock lies. */
export const busyLoad = 1.5

export function readMachine(): Machine {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release()}`,
    node: process.versions.node,
    commit: commit(),
    load: loadavg()[0],
  }
}

function commit(): string {
  const git = (...args: string[]): string => spawnSync('git', args, { encoding: 'utf8' }).stdout?.trim() ?? ''
  const head = git('rev-parse', '--short', 'HEAD')
  if (!head) return 'unknown'
  return git('status', '--porcelain', '--untracked-files=no') ? `${head} with changes` : head
}

export function machineLine({ cpu, cores, memoryGiB, system, node, commit: at, load }: Machine): string {
  const line = `${cpu}, ${cores} cores, ${memoryGiB} GiB, ${system}, Node ${node}, commit ${at}, load ${load.toFixed(2)}`
  if (load <= busyLoad) return line
  return `${line}\nWarning: the load was above ${busyLoad} at the start. Times are too long; look at cpu, min and ratios.`
}
