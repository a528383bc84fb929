import { describe, expect, it } from 'vitest'
import { AppError } from '../../errors.ts'
import { stateSelected, type LayerView } from './layer.ts'
import { createWebglLayer, stridingOrder } from './webgl-layer.ts'

/** What a graphics card was told: uniforms, the contents of buffers, and draws with the state they were made in. */
function card({ links = true, lost = false } = {}) {
  let made = 0
  const bound = new Map<string, number>()
  const buffers = new Map<number, { bytes: number; data?: ArrayBufferView; parts: [number, number][] }>()
  const uniforms: Record<string, number[]> = {}
  const draws: { rows: number; buffer: number; pass: number; alpha: number }[] = []
  const deleted: string[] = []
  const calls: Record<string, (...given: never[]) => unknown> = {
    createBuffer: () => (buffers.set(++made, { bytes: 0, parts: [] }), made),
    createTexture: () => 'texture',
    createProgram: () => 'program',
    createShader: (type: string) => type,
    getUniformLocation: (_: unknown, name: string) => name,
    getParameter: () => Float32Array.of(1, 64),
    getProgramParameter: () => links,
    getProgramInfoLog: () => 'no such varying',
    getSyncParameter: () => 'signaled',
    fenceSync: () => 'fence',
    isContextLost: () => lost,
    bindBuffer: (target: string, buffer: number) => bound.set(target, buffer),
    bufferData(target: string, data: number | ArrayBufferView) {
      const buffer = buffers.get(bound.get(target) ?? 0)
      if (!buffer) throw new Error('no buffer is bound')
      if (typeof data === 'number') Object.assign(buffer, { bytes: data, data: undefined, parts: [] })
      else Object.assign(buffer, { bytes: data.byteLength, data })
    },
    bufferSubData: (target: string, offset: number, data: ArrayBufferView, _from: number, rows: number) =>
      buffers.get(bound.get(target) ?? 0)?.parts.push([offset, rows]) && data,
    uniform1f: (name: string, ...values: number[]) => void (uniforms[name] = values),
    uniform1i: (name: string, ...values: number[]) => void (uniforms[name] = values),
    uniform2f: (name: string, ...values: number[]) => void (uniforms[name] = values),
    uniform3f: (name: string, ...values: number[]) => void (uniforms[name] = values),
    drawElements: (_mode: string, rows: number) =>
      void draws.push({
        ...{ rows, buffer: bound.get('ELEMENT_ARRAY_BUFFER') ?? 0 },
        ...{ pass: uniforms.pass[0], alpha: uniforms.alpha[0] },
      }),
    deleteBuffer: () => void deleted.push('buffer'),
    deleteTexture: () => void deleted.push('texture'),
    deleteProgram: () => void deleted.push('program'),
  }
  // Constants are their own names; what is not listed does nothing.
  const gl = new Proxy(calls, {
    get: (_, name: string) => calls[name] ?? (/^[A-Z0-9_]+$/.test(name) ? name : () => undefined),
  })
  const canvas = { width: 800, height: 400, getContext: () => gl } as unknown as HTMLCanvasElement
  return { canvas, buffers, uniforms, draws, deleted }
}

const view: LayerView = {
  camera: { x: 1, y: -1, halfSpan: 2 },
  viewport: { width: 800, height: 400 },
  pixelRatio: 2,
  style: { size: 6, alpha: 0.5, contextAlpha: 0.2, rim: 0.6 },
  selecting: false,
}
const colours = {
  index: new Uint8Array(100),
  table: new Uint8Array(1024),
  context: [51, 102, 153] as const,
  ground: [255, 255, 255] as const,
}

function layerOf(count: number, options?: Parameters<typeof card>[0]) {
  const told = card(options)
  const layer = createWebglLayer(told.canvas)
  if (!layer) throw new Error('no layer')
  const x = new Float32Array(1000)
  const points = { x, y: x, count, version: 0 }
  layer.setPoints(points, 0)
  layer.setColours(colours, count, 0)
  layer.setState(new Uint8Array(1000), count, 0)
  return { layer, points, ...told }
}

describe('points on WebGL2', () => {
  it('are drawn once each, by camera, size in device pixels and strength', () => {
    const { layer, uniforms, draws } = layerOf(5)
    expect(layer.draw(view)).toBe(5)
    expect(draws).toEqual([{ rows: 5, buffer: expect.any(Number), pass: 0, alpha: 0.5 }])
    // 100 pixels are one unit: 200 / 800 and 200 / 400 of the clip volume.
    expect(uniforms).toMatchObject({
      centre: [1, -1],
      scale: [0.25, 0.5],
      size: [12],
      rim: [1.2],
      maxSize: [64],
    })
    expect(uniforms.context).toEqual([0.2, 0.4, 0.6])
  })

  it('are drawn in an order that strides through the rows', () => {
    const { buffers, draws, layer } = layerOf(7)
    layer.draw(view)
    expect(buffers.get(draws[0].buffer)?.data).toEqual(stridingOrder(7))
  })

  it('of a selection come second, in colour and stronger, over all others', () => {
    const { layer, draws, buffers } = layerOf(5)
    layer.setState(Uint8Array.of(0, stateSelected, 0, stateSelected, 0), 5, 0)
    layer.draw({ ...view, selecting: true })
    expect(draws.map(({ rows, pass }) => [rows, pass])).toEqual([
      [5, 1],
      [2, 2],
    ])
    expect(draws[1].alpha).toBeCloseTo(0.7)
    expect(buffers.get(draws[1].buffer)?.data).toEqual(Uint32Array.of(1, 3))
  })

  it('are a sample of about the same tone while the camera moves', () => {
    const { layer, draws } = layerOf(100)
    expect(layer.draw({ ...view, style: { ...view.style, alpha: 0.2 }, limit: 25 })).toBe(25)
    expect(draws[0]).toMatchObject({ rows: 25, alpha: 0.4 })
  })

  it('that are appended are uploaded alone, in a buffer that has room', () => {
    const { layer, points, buffers } = layerOf(10)
    const [x] = buffers.values()
    expect(x).toMatchObject({ bytes: 40, parts: [[0, 10]] })
    layer.setPoints({ ...points, count: 12 }, 10)
    expect(x).toMatchObject({ bytes: 72, parts: [[0, 12]] }) // grown by half: all of it once more
    layer.setPoints({ ...points, count: 15 }, 12)
    expect(x).toMatchObject({
      bytes: 72,
      parts: [
        [0, 12],
        [48, 3],
      ],
    })
  })

  it('are none without rows or with a lost context, and all is given back at the end', () => {
    expect(layerOf(0).layer.draw(view)).toBe(0)
    const { layer, draws, deleted } = layerOf(5, { lost: true })
    expect([layer.draw(view), draws.length, layer.ready()]).toEqual([0, 0, true])
    layer.dispose()
    expect(deleted.filter((what) => what === 'buffer')).toHaveLength(6)
    expect(deleted).toContain('program')
  })
})

it('says why its program does not link, and that the canvas takes over', () => {
  expect(() => createWebglLayer(card({ links: false }).canvas)).toThrow(AppError)
  expect(() => createWebglLayer(card({ links: false }).canvas)).toThrow(
    /no such varying.*2-D canvas takes over/,
  )
  expect(createWebglLayer({ getContext: () => null } as unknown as HTMLCanvasElement)).toBeNull()
})
