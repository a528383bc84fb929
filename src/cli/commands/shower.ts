import { basename } from 'node:path'
import * as z from 'zod'
import { AppError } from '../../errors.ts'
import type { LheEvent } from '../../generator/lhe.ts'
import { createDecayChain, type DecayChain } from '../../generator/parton-events/decay-chain.ts'
import { eventsPerBlock } from '../../generator/parton-events/event-block.ts'
import { EventRows } from '../../generator/parton-events/event-rows.ts'
import { rowsOfLheEvent } from '../../generator/parton-events/from-lhe.ts'
import { PartonEventWriter, type PartonEvents } from '../../generator/parton-events/parton-events.ts'
import { loadAmplitudeKernel } from '../../kernels/load-kernels.ts'
import { createRng } from '../../numerics/rng.ts'
import { defineCommand } from '../command.ts'
import { densityHash } from '../cross-section/density-hash.ts'
import { parametersFromOptions, setOption } from '../cross-section/parameters.ts'
import { sha256OfFile } from '../files.ts'
import { createContentMaker, formatFromOptions, plainProcess } from '../generate/event-content.ts'
import { openEventFile } from '../generate/open-event-file.ts'
import { generateOptions } from '../generate/options.ts'
import { readLheFile } from '../lhe-file.ts'
import { collisionEnergyRange, seedRange } from '../options/ranges.ts'
import { pdfFromOption, pdfOption, tellPdf } from '../pdf-option.ts'
import { resumable, resumeOptions, type ResumableRun } from '../resumable-run.ts'

const section = 'events'
const stateSchema = z.object({
  blocks: z.number().int().nonnegative(),
  events: z.number().int().nonnegative(),
  weights: z.number(),
  empty: z.number().int().nonnegative(),
  unit: z.number().positive(),
})
type State = z.infer<typeof stateSchema>

export const showerCommand = defineCommand({
  summary: 'decays, showers and a detector on top of the parton events of another program',
  options: {
    lhe: {
      ...{ kind: 'file', what: 'Les Houches file', required: true },
      help: 'events of a hard process, packed with gzip or not; what it has not decayed decays here, without regard to spin',
    },
    stage: { ...generateOptions.stage, choices: ['shower', 'detector'], default: 'detector' },
    format: generateOptions.format,
    decays: {
      ...generateOptions.decays,
      help: 'all: what the file leaves undecayed decays; --set mchi is the mass of what is invisible',
    },
    pdf: pdfOption,
    sqrts: {
      ...{ kind: 'number', ...collisionEnergyRange },
      help: 'energy of the collision; default: that of the file',
    },
    set: setOption,
    seed: { kind: 'number', ...seedRange, default: '1', help: 'equal seeds give equal results' },
    out: { kind: 'output', what: 'file', required: true, help: 'the file of events' },
    ...resumeOptions,
  },
  run: async (options, log, texts) => {
    const { lhe: path, out, seed } = options
    const name = basename(path)
    const process = plainProcess(name.replace(/\.lhe(\.gz)?$/, ''))
    const format = formatFromOptions(options)
    const set = parametersFromOptions({ set: options.set, mediator: undefined }, '')
    const pdf = tellPdf(pdfFromOption(options.pdf, 1e-7), log)
    const kernel = await loadAmplitudeKernel()
    const request = {
      ...{ command: 'shower', options, texts },
      rests: { 'the PDF': await densityHash(options.pdf), 'the events': await sha256OfFile(path) },
    }
    const { sqrtS, crossSectionPb } = await collisionOf(path, options.sqrts)
    const decays =
      options.decays === 'all'
        ? createDecayChain({ parameters: set.parameters, mChi: set.darkMatter.mChi })
        : undefined
    const contentOf = createContentMaker(
      { ...options, process },
      { sqrtS, pdf, parameters: set.parameters },
      kernel,
    )
    return await resumable(request, log, async (run) => {
      const state = stored(run) ?? { blocks: 0, events: 0, weights: 0, empty: 0, unit: 0 }
      const notes = [`events of ${name}, showered with seed ${seed}, PDF ${pdf.id}`]
      const file = await openEventFile(format, { ...options, process, sqrts: sqrtS }, [process], {
        ...{ path: out, stored: run.stored, notes },
      })
      try {
        const contents = []
        let skipped = 0
        for await (const { events } of readLheFile(path, eventsPerBlock, log)) {
          if (skipped++ < state.blocks) continue
          // Weights are told relative to the first one, as files of unweighted events have them.
          state.unit ||= weightOf(events[0], 1)
          const made = decayed(events, decays, {
            seed,
            block: state.blocks,
            before: state.events,
            unit: state.unit,
          })
          const { content, empty } = contentOf(made, state.blocks, state.events)
          contents.push(content)
          state.blocks++
          state.events += events.length
          state.empty += empty
          for (const weight of made.weight) state.weights += weight
          const progress = { done: state.events, total: state.events, unit: 'event' }
          if (contents.length < file.blocksAtOnce) {
            await run.step(progress)
            continue
          }
          await file.append(contents.splice(0))
          const kept = { ...state }
          await run.step(progress, () => ({
            [section]: new TextEncoder().encode(JSON.stringify(kept)),
            ...file.state(),
          }))
        }
        if (contents.length > 0) await file.append(contents)
        if (state.events === 0)
          throw new AppError('data/corrupt', `${name} has no events. Choose another file.`)
        await file.finish(crossSectionPb, 0)
        return {
          ...{ events: state.events, sigma_pb: crossSectionPb, meanWeight: state.weights / state.events },
          ...(options.stage === 'detector' && { withoutObjects: state.empty }),
          ...{ sqrtS, out },
        }
      } finally {
        await file.close()
      }
    })
  },
})

/** What the file says of its collision, before any work. */
async function collisionOf(
  path: string,
  asked: number | undefined,
): Promise<{ sqrtS: number; crossSectionPb: number }> {
  for await (const { reader } of readLheFile(path, 1, () => undefined)) {
    const { init } = reader
    const [a, b] = init?.beamEnergies ?? [0, 0]
    const own = 2 * Math.sqrt(a * b)
    const sqrtS = asked ?? own
    if (!(sqrtS > 0))
      throw new AppError(
        'data/corrupt',
        `${path} does not say the energy of its beams. Give it with --sqrts, in GeV.`,
      )
    if (own > 0 && Math.abs(sqrtS / own - 1) > 1e-6)
      throw new AppError(
        'input/invalid',
        `--sqrts is ${sqrtS} GeV, the beams of ${path} have ${own} GeV together. Leave --sqrts out.`,
      )
    return { sqrtS, crossSectionPb: init?.crossSectionPb ?? 0 }
  }
  throw new AppError('data/corrupt', `${path} has no events. Choose another file.`)
}

function decayed(
  events: readonly LheEvent[],
  chain: DecayChain | undefined,
  { seed, block, before, unit }: { seed: number; block: number; before: number; unit: number },
): PartonEvents {
  const rows = new EventRows()
  const writer = new PartonEventWriter()
  const rng = createRng(seed, `lhe-decays/${block}`)
  events.forEach((event, i) => {
    const where = `Event ${before + i + 1} (line ${event.line})`
    const weight = weightOf(event, before + i + 1) / unit
    rowsOfLheEvent(event, rows, where)
    chain?.decay(rows, [], undefined, rng)
    writer.begin(0, weight, Math.max(0, event.scale), Math.max(0, event.alphaS))
    rows.write(writer, 0)
  })
  return writer.take()
}

function weightOf({ weight, line }: LheEvent, number: number): number {
  if (!(weight > 0 && weight < Infinity))
    throw new AppError(
      'data/unsupported',
      `Event ${number} (line ${line}) has the weight ${weight}: events are counted here, so take those with positive weights.`,
    )
  return weight
}

function stored({ stored: sections }: ResumableRun): State | undefined {
  if (!Object.hasOwn(sections, section)) return undefined
  const parsed = stateSchema.safeParse(JSON.parse(new TextDecoder().decode(sections[section])))
  if (parsed.success) return parsed.data
  throw new AppError(
    'data/corrupt',
    'The state of the events cannot be read. Remove the checkpoint and start anew.',
  )
}
