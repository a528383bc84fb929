import { createRoot } from 'react-dom/client'
import { flushSync } from 'react-dom'
import '../../app/theme.css'
import { EmbeddingMap, type EmbeddingMapProps } from '../../ui/map/EmbeddingMap.tsx'
import { selectPolygon, type Selection } from '../../ui/map/select.ts'
import { palette } from './palette.ts'
import { pictureOut } from './gpu.ts'
import type { Dots } from './points.ts'

export interface OwnMap {
  /** Until the first picture is out; of a sample where the machine is slow. */
  firstPicture: number
  /** Until all dots are. */
  allDots: number
  select(mask: Uint8Array): Promise<number>
  lasso(polygon: [number, number][]): { ms: number; inside: number }
  /** The last region drawn with the mouse, and the time from its end to the new picture. */
  gesture(): Promise<number>
}

/** Mounts the app's own map and times what a person sees. */
export async function mountOwnMap(host: HTMLElement, dots: Dots): Promise<OwnMap> {
  const count = dots.x.length
  const points = { x: dots.x, y: dots.y, count, version: 1 }
  const colours = { kind: 'class', index: dots.index, palette } as const
  const root = createRoot(host)
  const waiting = new Set<(rows: number) => void>()
  let onGesture: ((selection: Selection) => void) | undefined
  const render = (change: Partial<EmbeddingMapProps>): void =>
    flushSync(() =>
      root.render(
        <EmbeddingMap
          points={points}
          colours={colours}
          camera={null}
          onCameraChange={() => undefined}
          summary="dots"
          onDrawn={(rows) => waiting.forEach((tell) => tell(rows))}
          onSelect={(selection) => onGesture?.(selection)}
          {...change}
        />,
      ),
    )
  /** Until the next picture of at least so many dots is out; a fuller one that follows is not waited for. */
  const drawn = (atLeast: number): Promise<void> =>
    new Promise((done) => {
      waiting.add(function tell(rows) {
        if (rows < atLeast) return
        waiting.delete(tell)
        void pictureOut().then(done)
      })
    })
  const select = async (mask: Uint8Array): Promise<number> => {
    const picture = drawn(1)
    const start = performance.now()
    render({ selected: mask, tool: 'lasso' })
    await picture
    return performance.now() - start
  }

  const first = drawn(1)
  const all = drawn(count)
  const start = performance.now()
  render({})
  await first
  const firstPicture = performance.now() - start
  await all
  return {
    firstPicture,
    allDots: performance.now() - start,
    select,
    lasso(polygon) {
      const begin = performance.now()
      const mask = selectPolygon(dots.x, dots.y, count, polygon)
      const ms = performance.now() - begin
      return { ms, inside: mask.reduce((sum, value) => sum + value, 0) }
    },
    gesture: () =>
      new Promise((done) => {
        render({ tool: 'lasso' })
        onGesture = (selection) => {
          const begin = performance.now()
          if (selection.kind !== 'polygon') return
          void select(selectPolygon(dots.x, dots.y, count, selection.points)).then(() =>
            done(performance.now() - begin),
          )
        }
      }),
  }
}
