import KDBush from 'kdbush'

import type { Accept, Found } from './nearest.ts'
import { nearestByScan, nearestInTree } from './nearest.ts'
import type { MapPoints } from './types.ts'

/** Below this a scan takes a fraction of a millisecond and no index is built. */
const scanLimit = 20_000

/** Rows may still stream in or move with every epoch: the index is built once they have rested this long. */
const restMs = 300

/** Nearest rows of the map. Exact at any time: rows that the index does not hold yet are scanned. */
export interface SpatialIndex {
  /** @param appended  true if rows that were there before are untouched */
  setPoints(points: MapPoints, appended: boolean): void
  nearest(x: number, y: number, maxDistance: number, accept?: Accept): Found | null
  /** Rows that the tree holds; the rest is scanned. */
  indexed(): number
  dispose(): void
}

export function createSpatialIndex(onBuilt?: (rows: number) => void): SpatialIndex {
  let points: MapPoints = { x: new Float32Array(0), y: new Float32Array(0), count: 0, version: -1 }
  let tree: KDBush | null = null
  let worker: Worker | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let wanted = 0

  function build(): void {
    const { x, y, count } = points
    if (count <= scanLimit || typeof Worker === 'undefined') return
    worker ??= startWorker()
    wanted++
    const copies = { id: wanted, x: x.slice(0, count), y: y.slice(0, count) }
    worker.postMessage(copies, [copies.x.buffer, copies.y.buffer])
  }

  function startWorker(): Worker {
    const started = new Worker(new URL('./spatial-index.worker.ts', import.meta.url), { type: 'module' })
    started.onmessage = ({ data }: MessageEvent<{ id: number; data: ArrayBuffer }>) => {
      // A tree of points that have moved since is no tree of these points.
      if (data.id !== wanted) return
      tree = KDBush.from(data.data)
      onBuilt?.(tree.numItems)
    }
    return started
  }

  return {
    setPoints(next, appended) {
      points = next
      if (!appended) {
        tree = null
        wanted++
      }
      clearTimeout(timer)
      timer = setTimeout(build, restMs)
    },
    nearest(x, y, maxDistance, accept) {
      const held = tree ? tree.numItems : 0
      const tail = nearestByScan(points.x, points.y, held, points.count, x, y, maxDistance, accept)
      if (!tree) return tail
      return nearestInTree(tree, x, y, tail ? tail.distance : maxDistance, accept) ?? tail
    },
    indexed: () => tree?.numItems ?? 0,
    dispose() {
      clearTimeout(timer)
      worker?.terminate()
    },
  }
}
