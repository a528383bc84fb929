import { describe, expect, it } from 'vitest'
import { isLost, wasTooSmall, whileDeviceLasts } from './device-loss.ts'

/** As much of tfjs's WebGL backend as is looked at. */
function webgl() {
  let lost = false
  const canvas = new EventTarget()
  const gpgpu = { gl: { isContextLost: () => lost }, itemsToPoll: [1, 2] }
  return {
    backend: { canvas, gpgpu },
    lose(told = true) {
      lost = true
      if (told) canvas.dispatchEvent(new Event('webglcontextlost'))
    },
  }
}

/** As much of its WebGPU backend. */
function webgpu() {
  let lose: (info: object) => void = () => undefined
  const device = Object.assign(new EventTarget(), { lost: new Promise((resolve) => (lose = resolve)) })
  const refuse = (error: Error) =>
    void device.dispatchEvent(Object.assign(new Event('uncapturederror'), { error }))
  return { backend: { device }, lose: () => lose({ reason: 'unknown' }), refuse }
}

const never = () => new Promise<number>(() => undefined)
const deviceLost = { code: 'ml/device-lost', message: expect.stringMatching(/graphics card/) as string }

describe('work on a graphics card', () => {
  it('comes back where the card lasts, on a processor without further ado', async () => {
    expect(await whileDeviceLasts(webgl().backend, async () => 3)).toBe(3)
    expect(await whileDeviceLasts(webgpu().backend, async () => 4)).toBe(4)
    expect(await whileDeviceLasts({}, async () => 5)).toBe(5)
    expect(isLost({})).toBe(false)
  })

  it.each([
    ['WebGL', webgl],
    ['WebGPU', webgpu],
  ])('on %s that never answers because the card went, ends', async (_, make) => {
    const { backend, lose } = make()
    const work = whileDeviceLasts(backend, never)
    lose()
    await expect(work).rejects.toMatchObject(deviceLost)
    expect(isLost(backend)).toBe(true)
  })

  it('that reads back zeros from a lost context is not believed', async () => {
    const { backend, lose } = webgl()
    const work = whileDeviceLasts(backend, async () => {
      lose(false) // before the event has come round
      return 0
    })
    await expect(work).rejects.toMatchObject(deviceLost)
  })

  it('that fails because the context is lost is no failure of its own', async () => {
    const { backend, lose } = webgl()
    const fails = async () => {
      lose(false)
      throw new Error('Unable to create WebGLTexture.')
    }
    await expect(whileDeviceLasts(backend, fails)).rejects.toMatchObject(deviceLost)
    expect(backend.gpgpu.itemsToPoll).toEqual([]) // nor is a fence waited for that never comes
  })

  it('keeps its own failure while the card lasts', async () => {
    const fails = () => Promise.reject(new Error('shader does not compile'))
    await expect(whileDeviceLasts(webgl().backend, fails)).rejects.toThrow('shader does not compile')
  })

  it.each(['Unable to create WebGLTexture.', 'Out of memory', 'Not enough memory left.'])(
    'without room for the work says so: %s',
    async (message) => {
      const work = whileDeviceLasts(webgl().backend, () => Promise.reject(new Error(message)))
      const thrown: unknown = await work.catch((error: unknown) => error)
      expect(wasTooSmall(thrown)).toBe(true)
      expect(thrown).toMatchObject({ message: expect.stringMatching(/not enough memory/) as string })
    },
  )

  it('that WebGPU computed without memory is not believed', async () => {
    class GPUOutOfMemoryError extends Error {}
    const { backend, refuse } = webgpu()
    const work = whileDeviceLasts(backend, async () => {
      refuse(new GPUOutOfMemoryError('buffer'))
      return 0
    })
    expect(wasTooSmall(await work.catch((error: unknown) => error))).toBe(true)
  })
})
