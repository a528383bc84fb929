// Finds the browsers of the smoke test that are no Chromium. A person's `npm test` installs none; CI=true does.
import { existsSync } from 'node:fs'
import { run } from './steps.mjs'

/** As Debian lays them down: where they are asked for, what must be there, and in which packages. */
export const otherBrowsers = [
  {
    name: 'firefox',
    title: 'Firefox',
    variable: 'FIREFOX_PATH',
    executable: '/usr/bin/firefox-esr',
    besides: [],
    packages: ['firefox-esr'],
  },
  {
    name: 'webkit',
    title: 'WebKitGTK',
    variable: 'WEBKIT_DRIVER_PATH',
    executable: '/usr/bin/WebKitWebDriver',
    // It has no headless mode: a screen in memory.
    besides: ['/usr/bin/Xvfb'],
    packages: ['webkit2gtk-driver', 'xvfb'],
  },
]

/** @returns path of an executable; undefined where there is none, which is no fault */
export async function findBrowser({ title, variable, executable, besides, packages }) {
  const given = process.env[variable]
  if (given) {
    if (!existsSync(given)) throw new Error(`${variable} is ${given}, but there is no such file.`)
    return given
  }
  const isThere = () => [executable, ...besides].every((file) => existsSync(file))
  if (isThere()) return executable
  const mayInstall = process.env.CI === 'true' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
  if (!mayInstall) return undefined
  console.log(`Installing ${title} with apt-get ...`)
  await run('apt-get', ['update', '-qq'])
  const code = await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
    env: { DEBIAN_FRONTEND: 'noninteractive' },
  })
  return code === 0 && isThere() ? executable : undefined
}
