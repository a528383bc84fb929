import { AppError } from '../../errors.ts'

import { pixelsPerUnit } from './camera.ts'
import type { LayerColours, LayerView, PointLayer } from './layer.ts'
import { stateSelected } from './layer.ts'
import type { MapPoints } from './types.ts'
import { fragmentSource, vertexSource } from './webgl-shaders.ts'

const attributes = { x: 0, y: 1, colour: 2, state: 3 }

/**
 * Points on WebGL2: four plain arrays (x, y, colour index, state: 10 bytes a row) and an order of drawing.
 * Rows of a data set are sorted by class more often than not, and drawn in that order the last class would
 * bury the others; the order of drawing therefore strides through the rows (4 bytes more).
 *
 * @returns null where the browser gives no WebGL2
 */
export function createWebglLayer(canvas: HTMLCanvasElement): PointLayer | null {
  const gl = canvas.getContext('webgl2', {
    antialias: false,
    depth: false,
    alpha: true,
    premultipliedAlpha: true,
    powerPreference: 'high-performance',
  })
  if (!gl) return null
  const program = link(gl)
  const uniform = (name: string) => gl.getUniformLocation(program, name)
  const at = {
    centre: uniform('centre'),
    scale: uniform('scale'),
    size: uniform('size'),
    alpha: uniform('alpha'),
    contextAlpha: uniform('contextAlpha'),
    rim: uniform('rim'),
    context: uniform('context'),
    ground: uniform('ground'),
    pass: uniform('pass'),
    turned: uniform('turned'),
    maxSize: uniform('maxSize'),
  }
  const x = growingBuffer(gl, 4)
  const y = growingBuffer(gl, 4)
  const colour = growingBuffer(gl, 1)
  const state = growingBuffer(gl, 1)
  const order = gl.createBuffer()
  const chosen = gl.createBuffer()
  const texture = gl.createTexture()
  const [, maxSize] = gl.getParameter(gl.ALIASED_POINT_SIZE_RANGE) as Float32Array

  let count = 0
  let chosenCount = 0
  let context: readonly number[] = [128, 128, 128]
  let ground: readonly number[] = [255, 255, 255]
  let fence: WebGLSync | null = null

  gl.bindTexture(gl.TEXTURE_2D, texture)
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST)
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST)
  gl.enable(gl.BLEND)
  gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA)

  function setPoints(points: MapPoints, firstDirty: number): void {
    count = points.count
    x.write(points.x, firstDirty, count)
    y.write(points.y, firstDirty, count)
    gl!.bindBuffer(gl!.ELEMENT_ARRAY_BUFFER, order)
    gl!.bufferData(gl!.ELEMENT_ARRAY_BUFFER, stridingOrder(count), gl!.STATIC_DRAW)
  }

  function setColours(colours: LayerColours, rows: number, firstDirty: number): void {
    context = colours.context
    ground = colours.ground
    colour.write(colours.index, firstDirty, rows)
    gl!.bindTexture(gl!.TEXTURE_2D, texture)
    gl!.texImage2D(gl!.TEXTURE_2D, 0, gl!.RGBA, 256, 1, 0, gl!.RGBA, gl!.UNSIGNED_BYTE, colours.table)
  }

  function setState(states: Uint8Array, rows: number, firstDirty: number): void {
    state.write(states, firstDirty, rows)
    chosenCount = 0
    for (let i = 0; i < rows; i++) chosenCount += states[i] & stateSelected
    if (!chosenCount) return
    const indices = new Uint32Array(chosenCount)
    for (let i = 0, k = 0; i < rows; i++) if (states[i] & stateSelected) indices[k++] = i
    gl!.bindBuffer(gl!.ELEMENT_ARRAY_BUFFER, chosen)
    gl!.bufferData(gl!.ELEMENT_ARRAY_BUFFER, indices, gl!.DYNAMIC_DRAW)
  }

  function draw({ camera, viewport, pixelRatio, style, selecting, limit = count }: LayerView): number {
    if (!gl || gl.isContextLost()) return 0
    gl.viewport(0, 0, canvas.width, canvas.height)
    gl.clearColor(0, 0, 0, 0)
    gl.clear(gl.COLOR_BUFFER_BIT)
    if (!count) return 0
    gl.useProgram(program)
    gl.bindTexture(gl.TEXTURE_2D, texture)
    x.attach(attributes.x, false)
    y.attach(attributes.y, false)
    colour.attach(attributes.colour, true)
    state.attach(attributes.state, true)
    const scale = pixelsPerUnit(camera, viewport)
    const rows = Math.min(count, limit)
    // A sample keeps about the tone of the whole.
    const stronger = Math.sqrt(count / rows)
    gl.uniform2f(at.centre, camera.x, camera.y)
    gl.uniform2f(at.scale, (2 * scale) / viewport.width, (2 * scale) / viewport.height)
    gl.uniform1f(at.size, style.size * pixelRatio)
    gl.uniform1f(at.maxSize, maxSize)
    gl.uniform1f(at.alpha, Math.min(0.9, style.alpha * stronger))
    gl.uniform1f(at.contextAlpha, Math.min(0.6, style.contextAlpha * stronger))
    gl.uniform1f(at.rim, style.rim * pixelRatio)
    gl.uniform3f(at.context, context[0] / 255, context[1] / 255, context[2] / 255)
    gl.uniform3f(at.ground, ground[0] / 255, ground[1] / 255, ground[2] / 255)
    gl.uniform1i(at.pass, selecting ? 1 : 0)
    gl.uniform1i(at.turned, viewport.turned ? 1 : 0)
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, order)
    gl.drawElements(gl.POINTS, rows, gl.UNSIGNED_INT, 0)
    if (selecting && chosenCount) {
      gl.uniform1i(at.pass, 2)
      if (chosenCount <= rows) gl.uniform1f(at.alpha, Math.min(0.9, 1.4 * style.alpha))
      // The order of the chosen rows is no sample; the shader passes over the others in the order of all.
      if (chosenCount <= rows) gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, chosen)
      gl.drawElements(gl.POINTS, Math.min(chosenCount, rows), gl.UNSIGNED_INT, 0)
    }
    if (fence) gl.deleteSync(fence)
    fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0)
    gl.flush()
    return rows
  }

  function ready(): boolean {
    if (!fence || !gl || gl.isContextLost()) return true
    return gl.getSyncParameter(fence, gl.SYNC_STATUS) === gl.SIGNALED
  }

  function dispose(): void {
    if (!gl) return
    for (const buffer of [x, y, colour, state]) buffer.dispose()
    gl.deleteBuffer(order)
    gl.deleteBuffer(chosen)
    gl.deleteTexture(texture)
    gl.deleteProgram(program)
  }

  return { kind: 'webgl2', setPoints, setColours, setState, draw, ready, dispose }
}

/** A permutation of 0 .. count - 1 that strides by about the golden section of count. */
export function stridingOrder(count: number): Uint32Array {
  const order = new Uint32Array(count)
  let stride = Math.max(1, Math.round(count * 0.6180339887498949))
  while (greatestCommonDivisor(stride, count) > 1) stride++
  for (let i = 0, at = 0; i < count; i++) {
    order[i] = at
    at += stride
    if (at >= count) at -= count
  }
  return order
}

function greatestCommonDivisor(a: number, b: number): number {
  while (b) [a, b] = [b, a % b]
  return a
}

/** A vertex buffer that grows by half when it must and otherwise takes only the rows that are new. */
function growingBuffer(gl: WebGL2RenderingContext, bytes: number) {
  const buffer = gl.createBuffer()
  let capacity = 0
  return {
    write(data: Float32Array | Uint8Array, from: number, to: number): void {
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer)
      if (to > capacity) {
        capacity = from > 0 ? Math.ceil(to * 1.5) : to
        gl.bufferData(gl.ARRAY_BUFFER, capacity * bytes, gl.DYNAMIC_DRAW)
        from = 0
      }
      if (to > from) gl.bufferSubData(gl.ARRAY_BUFFER, from * bytes, data, from, to - from)
    },
    attach(location: number, integer: boolean): void {
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer)
      gl.enableVertexAttribArray(location)
      if (integer) gl.vertexAttribIPointer(location, 1, gl.UNSIGNED_BYTE, 0, 0)
      else gl.vertexAttribPointer(location, 1, gl.FLOAT, false, 0, 0)
    },
    dispose: () => gl.deleteBuffer(buffer),
  }
}

function link(gl: WebGL2RenderingContext): WebGLProgram {
  const program = gl.createProgram()
  for (const [type, source] of [
    [gl.VERTEX_SHADER, vertexSource],
    [gl.FRAGMENT_SHADER, fragmentSource],
  ] as const) {
    const shader = gl.createShader(type)
    if (!shader) continue
    gl.shaderSource(shader, source)
    gl.compileShader(shader)
    gl.attachShader(program, shader)
  }
  for (const [name, location] of Object.entries(attributes)) gl.bindAttribLocation(program, location, name)
  gl.linkProgram(program)
  if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost())
    throw new AppError(
      'ml/backend-unavailable',
      `The map's WebGL2 program did not link (${gl.getProgramInfoLog(program) ?? 'no log'}); the 2-D canvas takes over.`,
    )
  return program
}
