// Finds a Chromium for the browser tests, or installs one.
import { existsSync } from 'node:fs'
import { run } from './steps.mjs'

/** @returns path of an executable, or undefined when Playwright's own browser is to be used */
export async function ensureChromium() {
  const given = process.env.CHROMIUM_PATH
  if (given) {
    if (!existsSync(given)) throw new Error(`CHROMIUM_PATH is ${given}, but there is no such file.`)
    return given
  }
  const debian = '/usr/bin/chromium'
  if (existsSync(debian)) return debian
  if (process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('Installing Chromium with apt-get ...')
    await run('apt-get', ['update', '-qq'])
    const code = await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
      env: { DEBIAN_FRONTEND: 'noninteractive' },
    })
    if (code === 0 && existsSync(debian)) return debian
  }
  console.log('Installing the browser of Playwright ...')
  const code = await run('npx', ['playwright', 'install', 'chromium'])
  if (code !== 0)
    throw new Error(
      'No Chromium: install one and set CHROMIUM_PATH, or let "npx playwright install chromium" through.',
    )
  return undefined
}
