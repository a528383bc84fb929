// tsx does not reach into workers by itself: this file brings it along.
import { register } from 'tsx/esm/api'

register()
await import('./transformer-worker.ts')
