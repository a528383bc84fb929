import { existsSync, readFileSync } from 'node:fs'

/** A process, told from a later one of the same number by when it began. */
export interface RunningProcess {
  pid: number
  /** Clock ticks since the machine began, as Linux has them; null elsewhere. */
  began: string | null
}

export const thisProcess = (): RunningProcess => ({ pid: process.pid, began: beganAt(process.pid) })

/** Whether another process than this one is still there. */
export function stillRuns({ pid, began }: RunningProcess): boolean {
  if (pid === process.pid) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    // Not ours to signal, but there.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false
  }
  return beganAt(pid) === began
}

/** Field 22 of /proc/PID/stat; the name before it, in parentheses, may hold anything. */
function beganAt(pid: number): string | null {
  const path = `/proc/${pid}/stat`
  if (!existsSync(path)) return null
  const text = readFileSync(path, 'utf8')
  return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? null
}
