import { execFileSync } from 'node:child_process'

/** Runs a Python program that may use numpy and returns what it prints. */
export function runNumpy(program: string): string {
  return execFileSync('python3', ['-c', program], { encoding: 'utf8' })
}

/** Whether python3 with numpy is here; where it is not, says what does not run. */
export function numpyIsHere(whatIsSkipped: string): boolean {
  try {
    execFileSync('python3', ['-c', 'import numpy'], { stdio: 'ignore' })
    return true
  } catch {
    console.info(`skipped: python3 with numpy is not on this machine, so ${whatIsSkipped} does not run`)
    return false
  }
}
