import { product } from '../../../product.ts'
import { fitVersion } from '../analysis/fit/fit-version.ts'
import { setupDetector, setupSelections } from '../analysis/fit/setup-process.ts'
import { networkSetup } from '../analysis/ratios/network-setup.ts'
import { setupTerms, termVanishes } from '../analysis/ratios/network-tasks.ts'
import { distanceAtPoints } from '../analysis/ratios/ratio-at-points.ts'
import { parseRatioTerm } from '../analysis/ratios/ratio-terms.ts'
import {
  namedSeed,
  networkSeed,
  pointsToRecalibrate,
  testPoints,
  type WeightedSampleRequest,
} from '../analysis/ratios/training-sample.ts'
import type { EventTable } from '../../../generator/event-table.ts'
import type { RatioNetwork } from '../../../ml/ratio/ratio-network.ts'
import { ratioPresetNames, ratioPresets, type RatioPreset } from '../../../ml/ratio/ratio-presets.ts'
import { backendNames } from '../../../ml/training-config.ts'
import {
  parseTopPairOperators,
  topPairOperatorNames,
  type TopPairOperatorName,
} from '../../../physics/top-pair/operators.ts'
import { checkFolderContent } from '../../../cli/check-folder-content.ts'
import { defineCommand } from '../../../cli/command.ts'
import { writeFiles } from '../../../cli/files.ts'
import { resumable, resumeOptions } from '../../../cli/resumable-run.ts'
import { modelFileNames } from '../../../ml/model-files.ts'
import { compareNetwork, ratioModelFiles } from './ratio-model.ts'
import { trainRatioInSteps } from './train-ratio-in-steps.ts'
import { countRange, rangeOf } from '../../../cli/options/ranges.ts'
import { topPairDefaults } from '../default-intent.ts'
import { fitSchema } from '../intent.ts'
import { keptSample, makeKept } from './kept-sample.ts'
import { fieldOptions } from './setup-options.ts'
import { noteCoupling, processFromOptions } from './top-pair-options.ts'
import { columnOptions, openSource, sampleOptions, withDefaults } from './train-ratio-source.ts'
import type { OptionTable } from '../../../cli/options/option.ts'
import type { OptionValues } from '../../../cli/options/option-values.ts'
import { AppError } from '../../../errors.ts'

/** Of a network as of a fit. */
const { fit: defaults } = topPairDefaults

const trainRatioOptions = {
  term: {
    kind: 'words',
    most: 500,
    help: 'td8, td8^2 or td8*tq8; several with commas where a preset learns them together; default: all of --operators',
  },
  operators: {
    kind: 'choices',
    choices: topPairOperatorNames,
    help: 'those the events have weights for; default: those of the terms',
  },
  replica: {
    kind: 'number',
    ...countRange(0, 1_000_000),
    default: '1',
    help: 'events, start and batches of its own',
  },
  seed: {
    kind: 'number',
    ...rangeOf(fitSchema.shape.seed),
    default: String(defaults.seed),
    help: 'equal seeds give equal networks',
  },
  preset: {
    kind: 'choice',
    choices: ratioPresetNames,
    default: 'parton',
    help: 'features, network and loss',
  },
  events: {
    kind: 'number',
    ...countRange(10, 100_000_000),
    help: "phase-space points to train on; default: the preset's",
  },
  source: {
    kind: 'file',
    what: 'file of events',
    help: 'events with the weight of each term to learn from instead: Parquet of ttbar-generate or ttbar-import, CSV, npy, a tree of a ROOT file; a half trains, a quarter each calibrates and tests. --sqrts, --mtt-min, --pdf, --mu, --alpha-s, --selection and --smearing then say what it holds: what is not said the card leaves open',
  },
  ...columnOptions,
  'test-events': {
    kind: 'number',
    ...countRange(10, 10_000_000),
    default: String(testPoints),
    help: 'phase-space points to compare on',
  },
  recalibrate: {
    kind: 'choice',
    choices: ['yes', 'no'],
    default: defaults.recalibrate ? 'yes' : 'no',
    help: 'classifiers are corrected on events that training did not see',
  },
  epochs: { kind: 'number', ...countRange(1, 100_000), help: "at most; default: the preset's" },
  'learning-rate': {
    kind: 'number',
    min: 1e-7,
    max: 0.1,
    help: "default: the preset's",
  },
  ...sampleOptions,
  smearing: { kind: 'flag', help: fieldOptions.smearing.help },
  backend: {
    kind: 'choice',
    choices: ['auto', ...backendNames],
    default: defaults.backend,
    help: 'engine of the training',
  },
  out: {
    kind: 'output',
    what: 'folder',
    help: 'for card.json, model.json, weights.bin and run.json (seconds, date and machine)',
  },
  ...resumeOptions,
} as const satisfies OptionTable

type TrainRatioOptions = OptionValues<typeof trainRatioOptions>

export const trainRatioCommand = defineCommand({
  summary: 'trains one ratio network of a top-pair term and compares it with the exact ratio',
  options: trainRatioOptions,
  run: async (stated, log, texts) => {
    const options = withDefaults(stated)
    const { terms, operators } = termsAndOperators(options)
    const name = options.preset
    const preset: RatioPreset = ratioPresets[name]
    const replica = options.replica
    const seed = options.seed
    const process = processFromOptions({ ...options, operators }, { mttMin: options['mtt-min'] })
    noteCoupling(process, log)
    const points = options.events ?? preset.events
    const selection = options.selection
    const smearing = options.smearing
    const sampleOf = (count: number, eventSeed: number): WeightedSampleRequest => ({
      process,
      features: preset.features,
      points: count,
      seed: eventSeed,
      detector: setupDetector({ smearing }),
      selection: setupSelections[selection],
    })
    const source = await openSource(stated.source, stated, preset, process, log)
    const claimed = networkSetup(process, setupSelections[selection], setupDetector({ smearing }))
    const recalibrated = options.recalibrate === 'yes'
    const backend = options.backend
    const testEvents = options['test-events']
    const changes = {
      seed: networkSeed({ seed }, { terms, replica }),
      ...(options.epochs !== undefined && { epochs: options.epochs }),
      ...(options['learning-rate'] !== undefined && { learningRate: options['learning-rate'] }),
    }
    if (options.out !== undefined) checkFolderContent('out', options.out, modelFileNames)
    const rests = {
      'the events of sha256': source?.file.sha256 ?? null,
      'the densities of sha256': claimed.pdf.sha256,
    }
    const request = { command: 'train-ratio', options: stated, texts, rests }
    return resumable(request, log, async (run) => {
      const sample = (use: string, count: number, ...path: (string | number)[]) =>
        keptSample(sampleOf(count, namedSeed(seed, use, ...path)), `${use}-events`, run.stored)
      const training = sample('training', points, replica)
      const events = source?.training ?? (await makeKept(training, 'events', run, () => run.stored))
      const calibration = sample('calibration', pointsToRecalibrate(points), replica)
      const { outcome, kept } = await trainRatioInSteps(
        {
          events,
          terms,
          replica,
          preset,
          changes,
          backend,
          ...(recalibrated && {
            calibrationEvents: () => (source ? alreadyMade(source.calibration) : calibration.make()),
          }),
          dataKey: [process.pdf.id, selection, smearing, points, seed, replica, options.source].join('/'),
        },
        run,
        log,
        calibration.sections,
      )
      const seconds = run.seconds()
      const test = source?.test ?? (await makeKept(sample('test', testEvents), 'test events', run, kept))
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
        // Of a file what was said.
        selection: source && stated.selection === undefined ? null : selection,
        smearing: source && stated.selection === undefined ? null : smearing,
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
      const setup = source ? source.setup(claimed) : claimed
      const made = {
        ...{ preset: name, seed, replica, product: `${product}, ${fitVersion}` },
        ...{ points: source ? null : points, events: events.rows, source: source && source.file },
      }
      const files = await ratioModelFiles(outcome, { setup, made }, comparisons, seconds)
      writeFiles(out, files)
      return { ...result, files: files.map((file) => `${out}/${file.name}`) }
    })
  },
})

/** A finished sample in place of one that is made. */
function* alreadyMade(events: EventTable): Generator<number, EventTable> {
  return events
}

/** Both follow from each other where one is not given; terms that vanish are not learned on their own. */
function termsAndOperators(options: TrainRatioOptions): {
  terms: string[]
  operators: TopPairOperatorName[]
} {
  const { operators: named, term } = options
  if (named === undefined) {
    if (term === undefined)
      throw new AppError(
        'input/invalid',
        '--term is missing. Give it a value, or --operators for all terms of those.',
      )
    return { terms: term, operators: [...new Set(term.flatMap((t) => parseRatioTerm(t).operators))] }
  }
  const operators = parseTopPairOperators(named)
  const all = setupTerms({ operators, mode: 'quadratic' })
  // A positive ratio is one of the whole polynomial.
  const whole = options.preset.startsWith('positive')
  const learned = whole ? all : all.filter((t) => !termVanishes(t))
  return { terms: term ?? learned, operators }
}

function recalibrationEvents({ decoder }: RatioNetwork): number | null {
  return (decoder.kind === 'classifier' && decoder.recalibration?.events) || null
}
