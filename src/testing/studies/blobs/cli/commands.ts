import { defineCommand, type CommandTable } from '../../../../cli/command.ts'
import { rangeOf } from '../../../../cli/options/ranges.ts'
import { drawBlobs } from '../analysis/draw-blobs.ts'
import { blobsSchema } from '../intent.ts'

const { seed, perClass } = blobsSchema.shape

/** Commands of the blobs, found by their study's folder. */
export const commands: CommandTable = {
  blobs: async () =>
    defineCommand({
      summary: 'coordinates of seeded blobs on their map',
      options: {
        seed: { kind: 'number', ...rangeOf(seed), default: '1', help: 'of the points' },
        'per-class': { kind: 'number', ...rangeOf(perClass), default: '200', help: 'points of each' },
      },
      async run(options) {
        const { seed, 'per-class': perClass } = options
        const { kind, xy } = await drawBlobs({ seed, perClass, dropped: new Float64Array(0) })
        return { seed, perClass, class: [...kind], xy: [...xy] }
      },
    }),
}
