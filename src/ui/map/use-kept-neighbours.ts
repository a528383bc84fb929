import { useEffect, useState } from 'react'
import type { KeptNeighbours, KeptRequest } from '../../numerics/kept-neighbours.ts'

/**
 * Neighbours kept, counted in a worker of its own; null while they are not there, or where no worker is.
 *
 * @param request  the same object for the same question; null asks nothing
 */
export function useKeptNeighbours(request: KeptRequest | null): KeptNeighbours | null {
  const [answer, setAnswer] = useState<{ to: KeptRequest; value: KeptNeighbours } | null>(null)
  useEffect(() => {
    if (!request || request.count < 2 || typeof Worker === 'undefined') return
    const worker = new Worker(new URL('./kept-neighbours.worker.ts', import.meta.url), { type: 'module' })
    worker.onmessage = ({ data }: MessageEvent<KeptNeighbours>) => {
      setAnswer({ to: request, value: data })
      worker.terminate()
    }
    worker.postMessage(request)
    return () => worker.terminate()
  }, [request])
  return answer && answer.to === request ? answer.value : null
}
