import { generateSample, type Sample, type SampleRequest } from '../../analysis/top-pair/generate-sample.ts'
import { AppError } from '../../errors.ts'
import { termCount } from '../../physics/top-pair/polynomial.ts'
import { numberOption, numbersOption } from '../arguments.ts'
import type { Command } from '../command.ts'
import { dipoleOption, dipoleScale } from '../dipole-option.ts'
import {
  checkOut,
  detectorOption,
  eventOptions,
  featuresOption,
  saveEvents,
  seedOption,
  selectionOption,
} from '../event-options.ts'
import { generateInWorkers } from '../generate-in-workers.ts'
import { processFromOptions, processOptions } from '../top-pair-options.ts'

type Options = Record<string, string | undefined>

/** Tables of events are held in memory before they are written. */
const mostBytes = 4 * 2 ** 30

export const ttbarGenerateCommand: Command = {
  summary: 'leading-order pp -> t tbar -> b l+ nu bbar l- nubar events with polynomial weights [pb]',
  options: {
    events: { default: '100000', help: 'phase-space points to draw, before cuts and unweighting' },
    seed: { default: '1', help: 'whole number: equal seeds give equal events, whatever --workers is' },
    workers: { default: '1', help: 'threads that share the points' },
    ...processOptions,
    'mtt-min': { default: '0', help: 'lowest m_tt [GeV]' },
    'mtt-max': { help: 'highest m_tt [GeV]; default: the collision energy' },
    ...eventOptions,
    unweight: { help: 'sm, or comma-separated coefficients [TeV^-2]: events of equal weight there' },
    ctg: { ...dipoleOption.ctg, help: `${dipoleOption.ctg.help}, for --unweight; files hold dim6top's` },
  },
  run: async (options, log) => {
    checkOut(options)
    const request = requestFromOptions(options)
    const started = performance.now()
    const workers = numberOption(options, 'workers')
    if (!(Number.isSafeInteger(workers) && workers >= 1 && workers <= 64))
      throw new AppError('input/invalid', `--workers is ${workers}, must be a whole number from 1 to 64.`)
    const { table, summary } =
      workers === 1 ? generateHere(request, log) : await generateInWorkers(options, request, workers, log)
    log(`${Math.round((1000 * summary.points) / (performance.now() - started))} points/s with preparation`)
    return { ...summary, files: await saveEvents(table, options, summary) }
  },
}

/** What is to be generated; workers read it from the same options, as densities cannot be sent. */
export function requestFromOptions(options: Options): SampleRequest {
  const process = processFromOptions(options, {
    mttMin: numberOption(options, 'mtt-min'),
    mttMax: options['mtt-max'] === undefined ? undefined : numberOption(options, 'mtt-max'),
  })
  const points = numberOption(options, 'events')
  const observables = featuresOption(options)
  const bytes = points * (4 * observables.length + 8 * termCount(process.operators.length))
  if (bytes > mostBytes)
    throw new AppError(
      'input/invalid',
      `--events ${points} with ${observables.length} columns and ${termCount(process.operators.length)} weights may take ${(bytes / 2 ** 30).toPrecision(3)} GiB, at most ${mostBytes / 2 ** 30} are held at once. Generate parts with different --seed.`,
      { bytes, mostBytes },
    )
  return {
    process,
    points,
    seed: seedOption(options),
    observables,
    detector: detectorOption(options),
    selection: selectionOption(options),
    unweightAt: unweightOption(options, process),
  }
}

function generateHere(request: SampleRequest, log: (line: string) => void): Sample {
  const run = generateSample(request)
  let step = run.next()
  let shown = 0
  for (; !step.done; step = run.next()) {
    if (step.value.fraction < shown + 0.1) continue
    shown = step.value.fraction
    log(`${Math.round(100 * shown)} % of the points, ${step.value.accepted} events`)
  }
  return step.value
}

function unweightOption(
  options: Options,
  { operators, parameters }: SampleRequest['process'],
): number[] | null {
  const { factor } = dipoleScale(options, parameters.alphaS)
  if (options.unweight === undefined) return null
  if (options.unweight === 'sm') return operators.map(() => 0)
  const c = numbersOption(options, 'unweight')
  if (c.length !== operators.length)
    throw new AppError(
      'input/invalid',
      `--unweight has ${c.length} coefficients for ${operators.length} operators. Give one for each, or "sm".`,
    )
  return c.map((value, j) => (operators[j] === 'tG' ? factor * value : value))
}
