import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../errors.ts'
import { sampleSet } from '../../generator/samples/sample-set.ts'
import type { RunProgress } from '../checkpoint-file.ts'
import { defineCommand } from '../command.ts'
import { samplesFolder, writeFiles } from '../files.ts'
import { countRange, seedRange } from '../options/ranges.ts'
import { createThreadPool } from '../thread-pool.ts'
import { checkedEvents } from '../samples/sample-difference.ts'
import { resumable, resumeOptions } from '../resumable-run.ts'
import { runParts } from '../run-parts.ts'
import { makeSample } from '../samples/make-sample.ts'
import { seedOf } from '../samples/part-options.ts'

const ids = Object.keys(sampleSet)
const workersOption = { kind: 'number', ...countRange(1, 64), default: '1', help: 'threads' } as const

export const makeSamplesCommand = defineCommand({
  summary: 'makes the samples of detector events that are shipped, see docs/physics.md',
  options: {
    only: { kind: 'choices', choices: ids, help: 'some of them; default: all' },
    events: {
      kind: 'number',
      ...countRange(1, 1_000_000),
      help: 'of each, after its selection; default: its own',
    },
    seed: {
      kind: 'number',
      ...seedRange,
      help: 'of all events, for samples that are independent of the shipped ones; default: of its own for each',
    },
    out: {
      kind: 'output',
      what: 'folder',
      required: true,
      help: 'folder of the files; shipped from public/samples',
    },
    workers: workersOption,
    ...resumeOptions,
  },
  run: async (options, log, texts) => {
    const { out, workers } = options
    const request = {
      ...{ command: 'make-samples', options, rests: {} },
      texts: { ...texts, workers: undefined },
    }
    return await resumable(request, log, async (run) => {
      await mkdir(out, { recursive: true })
      const parts = (options.only ?? ids).map((id) => ({ id }))
      const written = ({ id }: { id: string }): boolean =>
        existsSync(join(out, `${id}.json`)) && existsSync(join(out, `${id}.events`))
      const samples = await runParts(run, parts, written, async ({ id }, own) => {
        const definition = sampleSet[id]
        const wanted = { ...definition, events: options.events ?? definition.events }
        // A sample is made whole or again: what a checkpoint keeps is which are there.
        const step = (progress: RunProgress) => own.step(progress, () => ({}))
        const { manifest, file } = await makeSample(id, wanted, workers, { step }, seedFor(id, options.seed))
        writeFiles(out, [
          { name: manifest.file, bytes: file },
          { name: `${id}.json`, bytes: `${JSON.stringify(manifest, null, 1)}\n` },
        ])
        return { id, events: manifest.events, bytes: file.length }
      })
      return { samples, out }
    })
  },
})

/** Samples side by side share no random numbers, whatever the seed. */
const seedFor = (id: string, seed: number | undefined): number | undefined =>
  seed === undefined ? undefined : seedOf(`${id}/${seed}`)

export const checkSamplesCommand = defineCommand({
  summary: `makes the first ${checkedEvents} events of each shipped sample again and compares them`,
  options: {
    only: { kind: 'choices', choices: ids, help: 'some of them; default: all' },
    in: { kind: 'text', most: 400, help: 'folder of the samples; default: those that are shipped' },
    workers: workersOption,
  },
  run: async (options, log) => {
    const folder = options.in ?? samplesFolder
    const asked = options.only ?? ids
    const different: string[] = []
    const script = new URL('../samples/difference-worker.mjs', import.meta.url)
    const pool = createThreadPool<string, string | undefined>({
      ...{
        script,
        data: folder,
        threads: Math.min(options.workers, asked.length),
        doing: 'checking samples',
      },
    })
    try {
      await Promise.all(
        asked.map(async (id) => {
          const fault = await pool.run(id)
          if (fault === undefined) log(`same: ${id}`)
          else different.push(`${id} (${fault})`)
        }),
      )
    } finally {
      await pool.close()
    }
    if (different.length > 0)
      throw new AppError(
        'data/mismatch',
        `${different.length} of ${asked.length} samples differ from what the code makes: ${different.join(', ')}. Run npm run make:samples and commit the result.`,
      )
    return { same: asked.length, events: checkedEvents }
  },
})
