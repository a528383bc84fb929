import type { BackendOptions } from './backends.ts'
import type { BackendName } from './training-config.ts'

/** A card that was lost three times will be lost again: from then on our own kernels compute. */
const mostLosses = 2

/** The backend to go on with, made current: the same on a new device, or the processor. */
export async function backendAfterLoss(
  lost: BackendName,
  losses: number,
  backendOptions: BackendOptions,
): Promise<BackendName> {
  const { initBackend, restartBackend } = await import('./backends.ts')
  try {
    if (losses <= mostLosses && lost !== 'kernels') {
      await restartBackend(lost, backendOptions)
      return lost
    }
  } catch {
    // It does not come back: the processor does.
  }
  await initBackend('kernels', backendOptions)
  return 'kernels'
}
