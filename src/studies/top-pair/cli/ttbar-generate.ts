import { generateSample, type Sample, type SampleRequest } from '../analysis/generate-sample.ts'
import { AppError } from '../../../errors.ts'
import { termCount } from '../../../physics/top-pair/polynomial.ts'
import { defineCommand } from '../../../cli/command.ts'
import { dipoleScale } from './dipole-option.ts'
import { detectorOption, featuresOption, saveEvents, selectionOption } from './event-options.ts'
import { generateInWorkers } from './generate-in-workers.ts'
import { generateOptions, type GenerateOptions } from './generate-options.ts'
import { noteCoupling, processFromOptions } from './top-pair-options.ts'

/** Tables of events are held in memory before they are written. */
const mostBytes = 4 * 2 ** 30

export const ttbarGenerateCommand = defineCommand({
  summary: 'leading-order pp -> t tbar -> b l+ nu bbar l- nubar events with polynomial weights [pb]',
  options: generateOptions,
  run: async (options, log) => {
    const request = requestFromOptions(options)
    noteCoupling(request.process, log)
    const started = performance.now()
    const { workers } = options
    const { table, summary } =
      workers === 1 ? generateHere(request, log) : await generateInWorkers(options, request, workers, log)
    log(`${Math.round((1000 * summary.points) / (performance.now() - started))} points/s with preparation`)
    return { ...summary, files: await saveEvents(table, options, summary) }
  },
})

/** What is to be generated; workers read it from the same options, as densities cannot be sent. */
export function requestFromOptions(options: GenerateOptions): SampleRequest {
  const process = processFromOptions(options, {
    mttMin: options['mtt-min'],
    mttMax: options['mtt-max'],
  })
  const points = options.events
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
    seed: options.seed,
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
  options: GenerateOptions,
  { operators, parameters }: SampleRequest['process'],
): number[] | null {
  const { factor } = dipoleScale(options, parameters.alphaS)
  if (options.unweight === undefined) return null
  if (options.unweight === 'sm') return operators.map(() => 0)
  const c = options.unweight
  if (c.length !== operators.length)
    throw new AppError(
      'input/invalid',
      `--unweight has ${c.length} coefficients for ${operators.length} operators. Give one for each, or "sm".`,
    )
  return c.map((value, j) => (operators[j] === 'tG' ? factor * value : value))
}
