import type { Kernels } from '../kernels/create-kernels.ts'
import type { NetworkKernel } from '../kernels/network-kernel.ts'
import type { Mlp } from './mlp.ts'

/** A trained network on our kernels, for inference. */
export function mlpKernel(kernels: Pick<Kernels, 'createNetwork'>, { layers }: Mlp): NetworkKernel {
  const network = kernels.createNetwork({
    inputs: layers[0].inputs,
    layers: layers.map(({ outputs, activation }) => ({ units: outputs, activation })),
  })
  const flat = new Float32Array(layers.reduce((sum, l) => sum + l.kernel.length + l.bias.length, 0))
  let at = 0
  for (const { kernel, bias } of layers) {
    flat.set(kernel, at)
    flat.set(bias, at + kernel.length)
    at += kernel.length + bias.length
  }
  network.writeParameters(flat)
  return network
}
