import { AppError } from '../errors.ts'

/** What TensorFlow.js's graphics backends have inside, as far as it tells whether the card is still there. */
interface GraphicsBackend {
  canvas?: EventTarget | null
  gpgpu?: { gl: { isContextLost(): boolean }; itemsToPoll?: unknown[] }
  device?: { lost: Promise<unknown> }
}

interface Device {
  lost(): boolean
  /** Resolves when it is lost. */
  gone: Promise<void>
  /** Ends what the backend still waits for. */
  abandon(): void
}

const devices = new WeakMap<object, Device>()

/** null for a backend on the processor, which cannot be lost. */
function deviceOf(backend: object): Device | null {
  const known = devices.get(backend)
  if (known) return known
  const made = watch(backend as GraphicsBackend)
  if (made) devices.set(backend, made)
  return made
}

function watch({ canvas, gpgpu, device }: GraphicsBackend): Device | null {
  if (gpgpu) {
    const { gl } = gpgpu
    return {
      lost: () => gl.isContextLost(),
      gone: new Promise((resolve) => {
        canvas?.addEventListener('webglcontextlost', () => resolve(), { once: true })
      }),
      // It would look for ever, every few milliseconds, for a fence that no card will pass.
      abandon: () => void gpgpu.itemsToPoll?.splice(0),
    }
  }
  if (!device) return null
  let lost = false
  const gone = device.lost.then(() => void (lost = true))
  return { lost: () => lost, gone, abandon: () => undefined }
}

export function isLost(backend: object): boolean {
  return deviceOf(backend)?.lost() ?? false
}

/**
 * A lost context computes nothing, reads back zeros, or never answers (TensorFlow.js issue 756): neither a number nor
 * an error from it can be trusted.
 *
 * @throws AppError 'ml/device-lost' when the card goes before the work is done
 */
export async function whileDeviceLasts<T>(backend: object, work: () => Promise<T>): Promise<T> {
  const device = deviceOf(backend)
  if (!device) return work()
  const lost = (): AppError => {
    device.abandon()
    return new AppError(
      'ml/device-lost',
      'The graphics card was taken away from the page (a driver reset, sleep, or too many pages that draw). Train again, or choose the engine "kernels".',
    )
  }
  try {
    const running = work()
    running.catch(() => undefined) // when the loss is noticed first
    const result = await Promise.race([running, device.gone.then(() => Promise.reject(lost()))])
    if (device.lost()) throw lost()
    return result
  } catch (thrown) {
    throw device.lost() ? lost() : thrown
  }
}
