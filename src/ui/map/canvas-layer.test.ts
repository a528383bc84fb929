import { describe, expect, it } from 'vitest'
import { canvasRowLimit, createCanvasLayer } from './canvas-layer.ts'
import { missingColour, stateFlagged, stateSelected, type LayerView } from './layer.ts'

/** A pen that writes down what it draws, with the colour and strength it had. */
function paper() {
  const marks: { how: string; at: number[]; colour: string; alpha: number; width: number }[] = []
  let arc: number[] = []
  const pen = {
    ...{ fillStyle: '', strokeStyle: '', globalAlpha: 1, lineWidth: 1, scale: 0 },
    setTransform: (scale: number) => void (pen.scale = scale),
    clearRect: () => void marks.splice(0),
    beginPath: () => undefined,
    arc: (x: number, y: number, radius: number) => void (arc = [x, y, radius]),
    fill: () => mark('disc', arc),
    stroke: () => mark('ring', arc),
    fillRect: (...at: number[]) => mark('square', at),
  }
  function mark(how: string, at: number[]): void {
    marks.push({ how, at, colour: pen.fillStyle, alpha: pen.globalAlpha, width: pen.lineWidth })
  }
  const canvas = { width: 400, height: 400, getContext: () => pen } as unknown as HTMLCanvasElement
  return { canvas, marks, pen }
}

const table = new Uint8Array(1024)
table.set([255, 0, 0, 0, 0, 0, 255, 0])
const view: LayerView = {
  camera: { x: 0, y: 0, halfSpan: 1 },
  viewport: { width: 400, height: 400 },
  pixelRatio: 1,
  style: { size: 6, alpha: 0.5, contextAlpha: 0.2, rim: 0 },
  selecting: false,
}

/** A layer with four points in a row: red, blue, without a class, and one far outside. */
function fourPoints(state = new Uint8Array(4)) {
  const { canvas, marks, pen } = paper()
  const layer = createCanvasLayer(canvas)
  if (!layer) throw new Error('no layer')
  const x = Float32Array.of(-0.5, 0, 0.5, 9)
  layer.setPoints({ x, y: new Float32Array(4), count: 4, version: 0 }, 0)
  const index = Uint8Array.of(0, 1, missingColour, 0)
  layer.setColours({ index, table, context: [150, 150, 150], ground: [255, 255, 255] }, 4, 0)
  layer.setState(state, 4, 0)
  return { layer, marks, pen }
}

describe('points on a 2-D canvas', () => {
  it('are discs of their size and colour where they lie; without a class grey and pale; none outside', () => {
    const { layer, marks, pen } = fourPoints()
    expect(layer.draw({ ...view, pixelRatio: 2 })).toBe(4)
    expect(pen.scale).toBe(2)
    expect(marks).toEqual([
      { how: 'disc', at: [300, 200, 3], colour: 'rgb(150 150 150)', alpha: 0.2, width: 1 },
      { how: 'disc', at: [100, 200, 3], colour: 'rgb(255 0 0)', alpha: 0.5, width: 1 },
      { how: 'disc', at: [200, 200, 3], colour: 'rgb(0 0 255)', alpha: 0.5, width: 1 },
    ])
  })

  it('of the selection lie above the others, larger and stronger, the others grey', () => {
    const { layer, marks } = fourPoints(Uint8Array.of(0, stateSelected, 0, 0))
    layer.draw({ ...view, selecting: true })
    expect(marks.map(({ at, colour }) => [at[0], colour])).toEqual([
      [100, 'rgb(150 150 150)'],
      [300, 'rgb(150 150 150)'],
      [200, 'rgb(0 0 255)'],
    ])
    expect(marks[2]).toMatchObject({ at: [200, 200, expect.closeTo(3.6)], alpha: expect.closeTo(0.7) })
  })

  it('that are flagged are rings', () => {
    const { layer, marks } = fourPoints(Uint8Array.of(stateFlagged, 0, 0, 0))
    layer.draw(view)
    const ring = marks.find(({ how }) => how === 'ring')
    // Two pixels larger: a radius of 4, its stroke's middle 0.8 within.
    expect(ring).toMatchObject({ at: [100, 200, expect.closeTo(3.2)], colour: 'rgb(255 0 0)', alpha: 0.5 })
  })

  it('that are hardly a dot are squares', () => {
    const { layer, marks } = fourPoints()
    layer.draw({ ...view, style: { ...view.style, size: 2 } })
    expect(marks.map(({ how, at }) => [how, ...at])[1]).toEqual(['square', 99, 199, 2, 2])
  })

  it('are thinned evenly where there are too many, and the number drawn is told', () => {
    const { canvas, marks } = paper()
    const layer = createCanvasLayer(canvas)
    const count = 2 * canvasRowLimit + 1
    layer?.setPoints({ x: new Float32Array(count), y: new Float32Array(count), count, version: 0 }, 0)
    expect(layer?.draw(view)).toBe(0) // no colours yet
    const index = new Uint8Array(count)
    layer?.setColours({ index, table, context: [0, 0, 0], ground: [0, 0, 0] }, count, 0)
    expect(layer?.draw(view)).toBe(Math.ceil(count / 3))
    expect(marks).toHaveLength(Math.ceil(count / 3))
  })
})

it('there is no layer where the browser has no canvas', () =>
  expect(createCanvasLayer({ getContext: () => null } as unknown as HTMLCanvasElement)).toBeNull())
