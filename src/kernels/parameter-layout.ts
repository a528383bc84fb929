import type { CompleteLayer } from './network-spec.ts'

const roundUp = (x: number, to: number): number => Math.ceil(x / to) * to

export const unitColumns = (layer: CompleteLayer): number => roundUp(layer.units, 8)

/** Trained numbers of a layer: kernel, bias if it has one, gamma and beta if it has batch norm. */
export function trainedCount(layer: CompleteLayer): number {
  return layer.units * (layer.inputs + (layer.bias ? 1 : 0) + (layer.batchNorm ? 2 : 0))
}

/**
 * Calls `move(flatIndex, memoryIndex)` for each trained number of a layer, both counted from the layer's own
 * start. Flat: kernel [inputs, units] row-major, then bias, gamma, beta, those that exist. Memory: the kernel in
 * panels [units/8][inputs rounded up to 4][8], then bias, gamma, beta, each rounded up to 8.
 */
export function forEachParameter(
  layer: CompleteLayer,
  move: (flatIndex: number, memoryIndex: number) => void,
): void {
  const { inputs, units } = layer
  const panel = roundUp(inputs, 4) * 8
  const columns = unitColumns(layer)
  for (let k = 0; k < inputs; k++)
    for (let j = 0; j < units; j++) move(k * units + j, (j >> 3) * panel + k * 8 + (j & 7))
  let flat = inputs * units
  const afterKernel = (columns / 8) * panel
  const vectors = [layer.bias, layer.batchNorm, layer.batchNorm]
  vectors.forEach((exists, v) => {
    if (!exists) return
    for (let j = 0; j < units; j++) move(flat++, afterKernel + v * columns + j)
  })
}
