import { configure } from '@testing-library/react'
import { vi } from 'vitest'

/** How long a page may take for what it does at once on a machine of its own [ms]: others may have all of it. */
const patience = 20_000

/** At the top of a file whose pages do real work: nothing in it fails because the machine is busy. */
export function beingPatient(): void {
  configure({ asyncUtilTimeout: patience })
  vi.setConfig({ testTimeout: 4 * patience })
}

/** Until it holds. */
export const eventually = <T>(check: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(check, { timeout: patience })
