// Packages of Debian for tests, without what they start, and as fast as it goes.
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { run } from './steps.mjs'

const policy = '/usr/sbin/policy-rc.d'

/** Longest that each part may take [s]. What fetches may be ended at any time; what unpacks has all it needs here. */
const limits = { update: 60, fetch: 120, unpack: 120 }

/** A mirror that does not answer is no reason to wait. */
const impatient = [
  '-o',
  'Acquire::http::Timeout=15',
  '-o',
  'Acquire::https::Timeout=15',
  '-o',
  'Acquire::Retries=1',
]

/** Clients of cloud stores, which Snakemake depends on and no test calls: most of the time of the installation. */
const leftOut = ['/usr/lib/python3/dist-packages/azure/*', '/usr/lib/python3/dist-packages/botocore/data/*']

/**
 * apt-get install, without starting services, without the safety of each file. Nothing is unpacked before everything is here, so that
 * a slow mirror leaves no half of a package.
 *
 * @returns why it was not installed, in words; null where it was
 */
export async function installQuietly(packages) {
  const options = ['force-unsafe-io', ...leftOut.map((path) => `path-exclude=${path}`)]
  const words = options.flatMap((option) => ['-o', `Dpkg::Options::=--${option}`])
  const install = ['install', '-y', '-qq', '--no-install-recommends', ...words, ...packages]
  const parts = [
    { part: 'update', args: ['update', '-qq'], seconds: limits.update },
    { part: 'fetch', args: [...install, '--download-only'], seconds: limits.fetch },
    { part: 'unpack', args: [...install, '--no-download'], seconds: limits.unpack },
  ]
  const own = !existsSync(policy)
  // 101: action not allowed (invoke-rc.d).
  if (own) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    for (const { part, args, seconds } of parts) {
      const signal = AbortSignal.timeout(1000 * seconds)
      const quiet = {
        env: { DEBIAN_FRONTEND: 'noninteractive' },
        stdio: ['ignore', 'ignore', 'inherit'],
        signal,
      }
      const code = await run('apt-get', [...impatient, ...args], quiet)
      if (signal.aborted) return `apt-get (${part}) was not done within ${seconds} s`
      // Without news of a mirror what is known of it may do.
      if (code !== 0 && part !== 'update') return `apt-get (${part}) ended with ${code}`
    }
    return null
  } finally {
    if (own) rmSync(policy)
  }
}
