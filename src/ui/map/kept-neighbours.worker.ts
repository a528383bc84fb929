import { keptNeighbours, type KeptRequest } from '../../numerics/kept-neighbours.ts'

declare const self: DedicatedWorkerGlobalScope

self.onmessage = ({ data }: MessageEvent<KeptRequest>) => self.postMessage(keptNeighbours(data))
