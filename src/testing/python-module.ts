import { spawnSync } from 'node:child_process'

/** A Python that has a module, or undefined; says so. */
export function pythonWith(module: string): string | undefined {
  for (const python of ['python3', '/usr/bin/python3'])
    if (spawnSync(python, ['-c', `import ${module}`]).status === 0) return python
  console.info(`skipped: no Python here has ${module}, so comparisons with it do not run`)
  return undefined
}
