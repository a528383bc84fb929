import { watchContexts } from './gpu.ts'
import type { OwnMap } from './own-map.tsx'
import type { PeerMap } from './peer-map.ts'
import { drawDots, lassoOf } from './points.ts'

watchContexts()

/** What src/bench/dots.ts calls from outside. */
export interface DotsBench {
  draw(count: number): void
  own(): Promise<OwnMap>
  peer(): Promise<PeerMap>
  lassoPolygon(vertices: number): [number, number][]
  /** Every tenth dot, from the given one on. */
  tenth(count: number, first: number): Uint8Array
}

let dots = drawDots(0)
const host = document.getElementById('root')
if (!host) throw new Error('index.html has no #root')

const bench: DotsBench = {
  draw: (count) => {
    dots = drawDots(count)
  },
  // Code is loaded before the clock starts.
  own: async () => (await import('./own-map.tsx')).mountOwnMap(host, dots),
  peer: async () => (await import('./peer-map.ts')).mountPeerMap(host, dots),
  lassoPolygon: (vertices) => lassoOf(dots, vertices),
  tenth: (count, first) => Uint8Array.from({ length: count }, (_, k) => Number((k + first) % 10 === 0)),
}
Object.assign(window, { dotsBench: bench })
