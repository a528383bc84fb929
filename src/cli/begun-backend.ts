import { initBackend } from '../ml/backends.ts'
import { backendNames, type BackendChoice, type BackendName } from '../ml/training-config.ts'

/**
 * The engine of a training. 'auto' is measured once: a continued training stays on what it began with, as its numbers
 * depend on it.
 *
 * @param stored  name kept by an interrupted run
 */
export async function begunBackend(
  asked: BackendChoice,
  stored: Uint8Array | undefined,
): Promise<BackendName> {
  if (asked !== 'auto') return asked
  const begun = stored && new TextDecoder().decode(stored)
  const known = backendNames.find((name) => name === begun)
  return known ?? (await initBackend('auto')).find(({ chosen }) => chosen)!.name
}
