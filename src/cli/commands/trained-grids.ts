import { mkdir, writeFile } from 'node:fs/promises'
import { AppError } from '../../errors.ts'
import { makeTrainedGrids } from '../../generator/hard-process/make-trained-grids.ts'
import {
  encodeGrids,
  gridEdgesUrl,
  gridHeadUrl,
  loadTrainedGrids,
} from '../../generator/hard-process/trained-grids.ts'
import { loadAmplitudeKernel } from '../../kernels/load-kernels.ts'
import { defineCommand } from '../command.ts'

/** Of an edge: machines round logarithms differently, and the file has single precision. */
const tolerance = 1e-4

export const makeGridsCommand = defineCommand({
  summary: 'trains the VEGAS grids of the event samples again and writes them where they are shipped from',
  options: {},
  run: async (_, log) => {
    const { head, edges } = await encodeGrids(makeTrainedGrids(await loadAmplitudeKernel(), log))
    await mkdir(new URL('.', gridHeadUrl), { recursive: true })
    await writeFile(gridEdgesUrl, edges)
    await writeFile(gridHeadUrl, `${JSON.stringify(head, null, 2)}\n`)
    return { parts: head.parts.length, bytes: edges.length, sha256: head.sha256 }
  },
})

export const checkGridsCommand = defineCommand({
  summary: 'trains the VEGAS grids of the event samples again and compares them with the shipped ones',
  options: {
    which: {
      kind: 'choice',
      choices: ['quick', 'all'],
      default: 'quick',
      help: 'quick: those of two particles without a mediator that decays, a few seconds; all: a minute',
    },
  },
  run: async (options, log) => {
    const all = options.which === 'all'
    const shipped = await loadTrainedGrids()
    const made = makeTrainedGrids(await loadAmplitudeKernel(), log, all)
    let worst = 0
    const different = [...made].flatMap(([key, { beams, final }]) => {
      const old = shipped.get(key)
      const now = [...beams, ...final]
      const then = old ? [...old.beams, ...old.final] : []
      const distance = now.length === then.length ? Math.max(...now.map((x, i) => Math.abs(x - then[i]))) : 1
      worst = Math.max(worst, distance)
      return distance > tolerance ? [key] : []
    })
    if (different.length > 0 || (all && made.size !== shipped.size))
      throw new AppError(
        'data/mismatch',
        `${different.length} of ${shipped.size} shipped grids differ from what the code makes (${made.size}): ${different.join('; ')}. Run npm run make:grids and commit the result.`,
      )
    return { shipped: shipped.size, same: made.size, worst }
  },
})
