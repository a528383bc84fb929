import { AppError } from '../errors.ts'

/** What TensorFlow.js's graphics backends have inside, as far as it tells whether the card is still there. */
interface GraphicsBackend {
  canvas?: EventTarget | null
  gpgpu?: { gl: { isContextLost(): boolean }; itemsToPoll?: unknown[] }
  device?: { lost: Promise<unknown>; addEventListener?: EventTarget['addEventListener'] }
}

interface Device {
  lost(): boolean
  /** It had no room for what was asked of it; WebGPU says so in an event and computes on with nothing. */
  full(): boolean
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
      full: () => false, // it throws
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
  let full = false
  device.addEventListener?.('uncapturederror', (event) => {
    full ||= isMemoryError((event as Event & { error?: unknown }).error)
  })
  return { lost: () => lost, full: () => full, gone, abandon: () => undefined }
}

/** The words of WebGL through TensorFlow.js, of WebGPU in Chromium, Firefox and Safari, and of the standard. */
function isMemoryError(thrown: unknown): boolean {
  const { name, message, constructor } = (thrown ?? {}) as Partial<Error>
  const text = `${constructor?.name} ${name} ${message}`
  return /out.?of.?memory|Unable to create WebGL|not enough memory|memory allocation|allocation failed/i.test(
    text,
  )
}

/** Whether a card was too small for the work, so that the same work will not fit a second time. */
export function wasTooSmall(thrown: unknown): boolean {
  return thrown instanceof AppError && thrown.code === 'ml/device-lost' && thrown.context.memory === true
}

export function isLost(backend: object): boolean {
  return deviceOf(backend)?.lost() ?? false
}

function tooSmall(): AppError {
  return new AppError(
    'ml/device-lost',
    'The graphics card has not enough memory for a step of this training. Fewer universes or replicas per batch need less, as does the engine "kernels", which takes none of it.',
    { memory: true },
  )
}

/**
 * A lost context computes nothing, reads back zeros, or never answers (TensorFlow.js issue 756): neither a number nor
 * an error from it can be trusted.
 *
 * @throws AppError 'ml/device-lost' when the card goes before the work is done, or has no room for it (wasTooSmall)
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
    if (device.full()) throw tooSmall()
    return result
  } catch (thrown) {
    // A card that is gone refuses memory, too: that comes first.
    if (device.lost()) throw lost()
    throw isMemoryError(thrown) ? tooSmall() : thrown
  }
}
