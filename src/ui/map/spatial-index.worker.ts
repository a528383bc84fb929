import KDBush from 'kdbush'

interface BuildRequest {
  id: number
  x: Float32Array
  y: Float32Array
}

declare const self: DedicatedWorkerGlobalScope

self.onmessage = ({ data }: MessageEvent<BuildRequest>) => {
  const { id, x, y } = data
  const tree = new KDBush(x.length, 64, Float32Array)
  // A row that is not finite goes where no query reaches, so that ids stay row numbers.
  for (let i = 0; i < x.length; i++) {
    if (x[i] - x[i] + (y[i] - y[i]) === 0) tree.add(x[i], y[i])
    else tree.add(3e38, 3e38)
  }
  tree.finish()
  self.postMessage({ id, data: tree.data }, [tree.data as ArrayBuffer])
}
