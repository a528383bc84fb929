// Packages of Debian for tests, without what they start, and as fast as it goes.
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { run } from './steps.mjs'

const policy = '/usr/sbin/policy-rc.d'

/** Longest that an installation may take [ms]. */
const limit = 240_000

/** Clients of cloud stores, which Snakemake depends on and no test calls: most of the time of the installation. */
const leftOut = ['/usr/lib/python3/dist-packages/azure/*', '/usr/lib/python3/dist-packages/botocore/data/*']

/** apt-get install, without starting services, without the safety of each file. @returns exit code */
export async function installQuietly(packages) {
  const own = !existsSync(policy)
  // 101: action not allowed (invoke-rc.d).
  if (own) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  const options = ['force-unsafe-io', ...leftOut.map((path) => `path-exclude=${path}`)]
  const signal = AbortSignal.timeout(limit)
  const quiet = { env: { DEBIAN_FRONTEND: 'noninteractive' }, stdio: ['ignore', 'ignore', 'inherit'], signal }
  try {
    await run('apt-get', ['update', '-qq'], quiet)
    const words = options.flatMap((option) => ['-o', `Dpkg::Options::=--${option}`])
    return await run(
      'apt-get',
      ['install', '-y', '-qq', '--no-install-recommends', ...words, ...packages],
      quiet,
    )
  } finally {
    if (own) rmSync(policy)
  }
}
