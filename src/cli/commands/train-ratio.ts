import { existsSync, readFileSync } from 'node:fs'
import { readEventParquet } from '../../analysis/top-pair/event-file.ts'
import { setupDetector, setupSelections } from '../../analysis/top-pair/fit/setup-process.ts'
import { setupTerms, termVanishes } from '../../analysis/top-pair/ratios/network-tasks.ts'
import { trainRatioJob } from '../../analysis/top-pair/ratios/ratio-job.ts'
import { distanceAtPoints } from '../../analysis/top-pair/ratios/ratio-at-points.ts'
import { parseRatioTerm } from '../../analysis/top-pair/ratios/ratio-terms.ts'
import {
  namedSeed,
  networkSeed,
  pointsToRecalibrate,
  testPoints,
  weightedSample,
} from '../../analysis/top-pair/ratios/training-sample.ts'
import { divideSource } from '../../analysis/top-pair/source-events.ts'
import { describeFormat, sniffFormat } from '../../dataset/sniff.ts'
import { AppError } from '../../errors.ts'
import type { EventTable } from '../../generator/event-table.ts'
import { featureSets } from '../../generator/observables.ts'
import type { RatioNetwork } from '../../ml/ratio/ratio-network.ts'
import { ratioPresetNames, ratioPresets, type RatioPreset } from '../../ml/ratio/ratio-presets.ts'
import { backendNames } from '../../ml/training-config.ts'
import type { TopPairProcess } from '../../physics/top-pair/hadronic.ts'
import { parseTopPairOperators, type TopPairOperatorName } from '../../physics/top-pair/operators.ts'
import { choiceOption, numberOption, required } from '../arguments.ts'
import type { Command } from '../command.ts'
import { writeFiles } from '../files.ts'
import { compareNetwork, ratioModelFiles } from '../ratio-model.ts'
import { processFromOptions, processOptions } from '../top-pair-options.ts'

const { sqrts, pdf, 'pdf-table': pdfTable, mu, 'alpha-s': alphaS } = processOptions

const selections = Object.keys(setupSelections) as (keyof typeof setupSelections)[]

export const trainRatioCommand: Command = {
  summary: 'trains one ratio network of a top-pair term and compares it with the exact ratio',
  options: {
    term: {
      help: 'td8, td8^2 or td8*tq8; several with commas where a preset learns them together; default: all of --operators',
    },
    operators: { help: 'comma-separated operators the events have weights for; default: those of the terms' },
    replica: { default: '1', help: 'whole number: events, start and batches of its own' },
    seed: { default: '1', help: 'whole number' },
    preset: { default: 'parton', help: ratioPresetNames.join(', ') },
    events: { help: "phase-space points to train on; default: the preset's" },
    source: {
      help: 'Parquet of ttbar-generate or ttbar-import to learn from instead; --sqrts, --mtt-min and the like then say what it holds; a half trains, a quarter each calibrates and tests',
    },
    'test-events': { default: String(testPoints), help: 'phase-space points to compare on' },
    recalibrate: {
      default: 'yes',
      help: 'yes or no: classifiers are corrected on events that training did not see',
    },
    epochs: { help: "default: the preset's" },
    'learning-rate': { help: "default: the preset's" },
    sqrts,
    pdf,
    'pdf-table': pdfTable,
    mu,
    'alpha-s': alphaS,
    'mtt-min': { default: '1450', help: 'lowest m_tt [GeV]' },
    selection: { default: 'none', help: `cuts on what is reconstructed: ${selections.join(', ')}` },
    smearing: { flag: true, help: 'detector resolution on leptons, b jets and missing momentum' },
    backend: { default: 'kernels', help: `auto, ${backendNames.join(', ')}` },
    out: { help: 'folder for card.json, model.json and weights.bin' },
  },
  run: async (options, log) => {
    const { terms, operators } = termsAndOperators(options)
    const name = choiceOption(options, 'preset', ratioPresetNames)
    const preset: RatioPreset = ratioPresets[name]
    const replica = wholeNumber(options, 'replica', 0)
    const seed = wholeNumber(options, 'seed', 0)
    const process = processFromOptions(
      { ...options, operators: operators.join(',') },
      { mttMin: numberOption(options, 'mtt-min') },
    )
    const points = options.events === undefined ? preset.events : wholeNumber(options, 'events', 10)
    const selection = choiceOption(options, 'selection', selections)
    const smearing = options.smearing === 'true'
    const sample = (count: number, eventSeed: number): Generator<number, EventTable> =>
      weightedSample({
        process,
        features: preset.features,
        points: count,
        seed: eventSeed,
        detector: setupDetector({ smearing }),
        selection: setupSelections[selection],
      })
    const source = options.source === undefined ? null : await openSource(options, preset, process, log)
    const events = source?.training ?? finish(sample(points, namedSeed(seed, 'training', replica)))
    const recalibrated = choiceOption(options, 'recalibrate', ['yes', 'no']) === 'yes'
    const changes = {
      seed: networkSeed({ seed }, { terms, replica }),
      ...(options.epochs !== undefined && { epochs: wholeNumber(options, 'epochs', 1) }),
      ...(options['learning-rate'] !== undefined && { learningRate: positive(options, 'learning-rate') }),
    }
    const started = performance.now()
    const training = trainRatioJob({
      events,
      terms,
      replica,
      preset,
      changes,
      backend: choiceOption(options, 'backend', ['auto', ...backendNames]),
      ...(recalibrated && {
        calibrationEvents: () =>
          source
            ? alreadyMade(source.calibration)
            : sample(pointsToRecalibrate(points), namedSeed(seed, 'calibration', replica)),
      }),
      dataKey: [process.pdf.id, selection, smearing, points, seed, replica, options.source].join('/'),
    })
    let step = await training.next()
    let logged = -Infinity
    for (; !step.done; step = await training.next()) {
      if (step.value.kind !== 'epoch' || performance.now() - logged < 2000) continue
      logged = performance.now()
      const { epoch, loss, validationLoss } = step.value.record
      log(
        `epoch ${epoch}/${step.value.epochs}: loss ${loss.toFixed(5)}, validation ${validationLoss.toFixed(5)}`,
      )
    }
    const outcome = step.value
    const seconds = (performance.now() - started) / 1000
    const test =
      source?.test ?? finish(sample(wholeNumber(options, 'test-events', 10), namedSeed(seed, 'test')))
    // What a file was made with is not known well enough.
    const exactPlane = selection === 'none' && !source
    const shown = terms.filter((term) => !termVanishes(term))
    const comparisons = shown.map((term) => compareNetwork(process, test, outcome, term, exactPlane))
    // The whole polynomial in one network: also at coefficients of length 1.
    const whole = exactPlane && preset.features === 'parton' && preset.method.kind !== 'classifier'
    const atUnitLength = whole ? distanceAtPoints(process, [outcome.network], 1) : null
    const result = {
      preset: name,
      terms,
      replica,
      seed,
      selection,
      smearing,
      events: events.rows,
      features: outcome.network.features,
      backend: outcome.backend,
      epochs: outcome.history.length,
      bestEpoch: outcome.bestEpoch,
      stoppedEarly: outcome.stoppedEarly,
      trainingSeconds: seconds,
      trainingLoss: outcome.history[outcome.bestEpoch - 1].loss,
      validationLoss: outcome.validationLoss,
      negativeShare: outcome.negativeShare,
      factors: Object.fromEntries(outcome.factors.map((factor, t) => [terms[t], factor])),
      atUnitLength,
      recalibrationEvents: recalibrationEvents(outcome.network),
      comparisons,
    }
    const { out } = options
    if (out === undefined) return { ...result, files: [] }
    const files = await ratioModelFiles(outcome, process, `${name}-replica-${replica}`, comparisons)
    writeFiles(out, files)
    return { ...result, files: files.map((file) => `${out}/${file.name}`) }
  },
}

/** A finished sample in place of one that is made. */
function* alreadyMade(events: EventTable): Generator<number, EventTable> {
  return events
}

/** Events of a file, divided; its cuts and resolution are its own. */
async function openSource(
  options: Record<string, string | undefined>,
  preset: RatioPreset,
  { mttMin }: TopPairProcess,
  log: (line: string) => void,
) {
  const path = required(options, 'source')
  if (!existsSync(path))
    throw new AppError('data/not-found', `There is no file of events at ${path}. Check --source.`)
  if (options.selection !== 'none' || options.smearing === 'true')
    throw new AppError(
      'input/invalid',
      '--source brings its own cuts and resolution: --selection and --smearing do not apply. Leave them out.',
    )
  const bytes = new Uint8Array(readFileSync(path))
  const format = sniffFormat(bytes)
  if (format !== 'parquet')
    throw new AppError(
      'data/unsupported',
      `${path} is ${describeFormat(format)}, --source takes Parquet. ttbar-import makes it from a Les Houches file.`,
    )
  const table = await readEventParquet(bytes, featureSets[preset.features])
  const divided = divideSource(table, mttMin)
  for (const note of divided.notes) log(note)
  return divided
}

/** Both follow from each other where one is not given; terms that vanish are not learned on their own. */
function termsAndOperators(options: Record<string, string | undefined>): {
  terms: string[]
  operators: TopPairOperatorName[]
} {
  const { operators: named, term } = options
  if (named === undefined) {
    const terms = required(options, 'term').split(',')
    return { terms, operators: [...new Set(terms.flatMap((t) => parseRatioTerm(t).operators))] }
  }
  const operators = parseTopPairOperators(named.split(','))
  const all = setupTerms({ operators, mode: 'quadratic' })
  // A positive ratio is one of the whole polynomial.
  const whole = options.preset?.startsWith('positive') === true
  const learned = whole ? all : all.filter((t) => !termVanishes(t))
  return { terms: term === undefined ? learned : term.split(','), operators }
}

function finish<T>(run: Generator<unknown, T>): T {
  let step = run.next()
  while (!step.done) step = run.next()
  return step.value
}

function recalibrationEvents({ decoder }: RatioNetwork): number | null {
  return (decoder.kind === 'classifier' && decoder.recalibration?.events) || null
}

function wholeNumber(options: Record<string, string | undefined>, name: string, least: number): number {
  const value = numberOption(options, name)
  if (!Number.isSafeInteger(value) || value < least)
    throw new AppError('input/invalid', `--${name} is ${value}, must be a whole number of at least ${least}.`)
  return value
}

function positive(options: Record<string, string | undefined>, name: string): number {
  const value = numberOption(options, name)
  if (!(value > 0)) throw new AppError('input/invalid', `--${name} is ${value}, must be positive.`)
  return value
}
