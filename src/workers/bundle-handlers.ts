import type { JobHandlers } from '../jobs/serve-jobs.ts'
import { transfer } from '../jobs/transfer.ts'
import type { BundleJobs } from '../share/bundle/bundle-format.ts'
import { packBundle } from '../share/bundle/pack-bundle.ts'
import { unpackBundle } from '../share/bundle/unpack-bundle.ts'

/** Found by the compute worker under the name "bundle": they are of no study. */
export const handlers: JobHandlers<BundleJobs> = {
  pack: async (request) => {
    const bytes = await packBundle(request)
    return transfer(bytes, [bytes.buffer])
  },
  unpack: async ({ file }) => {
    const bundle = await unpackBundle(file)
    const buffers = bundle.items.flatMap(({ files }) => files.map(({ bytes }) => bytes.buffer))
    return transfer(bundle, buffers)
  },
  unfold: async ({ file, wanted }) => {
    const { unpackArchive } = await import('../share/archive/unpack-archive.ts')
    const files = await unpackArchive(file, wanted)
    return (
      files &&
      transfer(
        files,
        files.map(({ bytes }) => bytes.buffer),
      )
    )
  },
}
