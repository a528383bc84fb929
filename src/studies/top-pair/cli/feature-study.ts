import { basename, dirname, join } from 'node:path'
import { defineCommand } from '../../../cli/command.ts'
import { modelFolder, writeFiles } from '../../../cli/files.ts'
import { countRange, rangeOf } from '../../../cli/options/ranges.ts'
import { resumable, resumeOptions, type ResumableRun } from '../../../cli/resumable-run.ts'
import { runParts } from '../../../cli/run-parts.ts'
import { AppError } from '../../../errors.ts'
import { featureMatrix } from '../../../generator/event-table.ts'
import { featureSets, observableNames, type ObservableName } from '../../../generator/observables.ts'
import type { RatioNetwork } from '../../../ml/ratio/ratio-network.ts'
import { readRatioModelFiles } from '../../../ml/ratio/ratio-model-files.ts'
import type { RatioPresetName } from '../../../ml/ratio/ratio-presets.ts'
import { product } from '../../../product.ts'
import type { ParameterSummary } from '../../../statistics/posterior/summary.ts'
import { eventBayesLosses, partonBayesLosses } from '../analysis/bayes-loss.ts'
import { learnedLoss, limitedLoss } from '../analysis/feature-losses.ts'
import { createFitHandlers } from '../analysis/fit/create-fit-handlers.ts'
import { fitVersion } from '../analysis/fit/fit-version.ts'
import { setupDetector, setupProcess, setupSelections } from '../analysis/fit/setup-process.ts'
import { generateSample } from '../analysis/generate-sample.ts'
import { learnedRatios } from '../analysis/ratios/learned-ratios.ts'
import { loadNetworks } from '../analysis/ratios/load-networks.ts'
import type { NetworkFiles } from '../analysis/ratios/network-files.ts'
import { setupTerms, termVanishes } from '../analysis/ratios/network-tasks.ts'
import { partonRatios } from '../analysis/ratios/ratio-report.ts'
import { namedSeed } from '../analysis/ratios/training-sample.ts'
import { topPairDefaults } from '../default-intent.ts'
import { featureSteps, readFeatureStudy, type FeatureStep, type FeatureStudy } from '../feature-study.ts'
import { fitSchema, type FitIntent } from '../intent.ts'
import { digestOfNetworks, readFolder } from './fit-networks.ts'
import { pump } from './fit-options.ts'

interface Loaded {
  files: NetworkFiles
  network: RatioNetwork
}

/** Networks that see the same of an event, by what they see, after the cuts; and those of (m_tt, y_tt) without cuts. */
interface Groups {
  bySteps: Map<FeatureStep, Loaded[]>
  uncut: Loaded[]
}

/** Of the networks of a step. */
const presets: Partial<Record<FeatureStep, RatioPresetName>> = {
  parton: 'joint-parton',
  '11': 'joint-11',
  '14': 'joint',
  'ml4eft-18': 'joint-18',
}

export const featureStudyCommand = defineCommand({
  summary:
    'what features are worth: losses beside exact limits, widths of intervals from one bin to all, into models/recorded',
  options: {
    networks: {
      kind: 'folders',
      what: 'network',
      holds: 'card.json',
      cure: 'Make it with train-ratio --out.',
      required: true,
      help: 'of train-ratio, joint presets, with the cuts of the set-up; (m_tt, y_tt) also without',
    },
    seeds: { kind: 'number', ...countRange(1, 100), default: '5', help: 'sets of data, of seeds 1, 2, ...' },
    live: { kind: 'number', ...rangeOf(fitSchema.shape.livePoints), default: '300', help: 'live points' },
    'test-points': {
      kind: 'number',
      ...countRange(1000, 10_000_000),
      default: '400000',
      help: 'phase-space points that losses are measured on',
    },
    out: {
      ...{ kind: 'output', what: 'file', default: join(modelFolder, 'recorded', 'features.json') },
      help: 'the study, as the page reads it',
    },
    ...resumeOptions,
  },
  run: async (options, log, texts) => {
    const { out, seeds, live, 'test-points': points, networks: folders } = options
    const setup: FitIntent = { ...topPairDefaults.fit, livePoints: live, networks: 'trained' }
    const groups = await grouped(folders, setup)
    const rests = { 'the networks of sha256': digestOfNetworks(folders) }
    return resumable({ command: 'feature-study', options, texts, rests }, log, async (run) => {
      const steps = featureSteps.filter((step) => !presets[step] || groups.bySteps.has(step))
      const data = Array.from({ length: seeds }, (_, k) => k + 1)
      const parts = data.flatMap((seed) => steps.map((step) => ({ id: `data ${seed}, ${step}`, seed, step })))
      const [measured, ...widths] = (await runParts<Part>(
        run,
        [{ id: 'losses' }, ...parts],
        () => true,
        (part, own) =>
          'seed' in part
            ? measuredWidths(
                { ...setup, seed: part.seed },
                part.step,
                groups.bySteps.get(part.step) ?? [],
                own,
                log,
              )
            : measuredLosses(setup, groups, points, own),
      )) as [ReturnType<typeof lossesOf>, ...Widths[]]
      const { testEvents, ...losses } = measured
      const widthsOf = (step: FeatureStep, mass: keyof Widths): number[][] =>
        setup.operators.map((_, i) =>
          parts.flatMap((part, k) => (part.step === step ? [widths[k][mass][i]] : [])),
        )
      const { sqrtSGeV, mttMinGeV, truth, observedEvents, livePoints, operators } = setup
      const study: FeatureStudy = {
        schemaVersion: 1,
        date: new Date().toISOString().slice(0, 10),
        made: product,
        version: fitVersion,
        command: `feature-study --seeds ${seeds} --live ${live} --test-points ${points} --networks ...`,
        setup: {
          ...{ sqrtSGeV, mttMinGeV, truth, observedEvents, livePoints, testEvents },
          seeds: data,
        },
        operators: [...operators],
        terms: learnedTerms(setup),
        losses,
        intervals: steps.map((step) => ({
          step,
          width68: widthsOf(step, 'width68'),
          width95: widthsOf(step, 'width95'),
        })),
      }
      const text = `${JSON.stringify(study, (_, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(5)) : value))}\n`
      readFeatureStudy(text)
      writeFiles(dirname(out), [{ name: basename(out), bytes: text }])
      return { ...study, seconds: run.seconds(), files: [out] }
    })
  },
})

/** @throws AppError 'input/invalid' for networks that see something else */
async function grouped(folders: readonly string[], setup: FitIntent): Promise<Groups> {
  const groups: Groups = { bySteps: new Map(), uncut: [] }
  for (const folder of folders) {
    const files = readFolder(folder)
    const { card, network } = await readRatioModelFiles({ card: files.card, weights: files.weights })
    const step = featureSteps.find(
      (name) =>
        name in featureSets &&
        featureSets[name as keyof typeof featureSets].join() === network.features.join(),
    )
    const preset = step && presets[step]
    const lacking = learnedTerms(setup).filter((term) => !network.terms.includes(term))
    if (!step || card.made?.preset !== preset || lacking.length > 0)
      throw new AppError(
        'input/invalid',
        `${folder} holds a network of ${card.made?.preset ?? 'no preset'} for ${network.terms.join(', ')}; a study takes those of ${Object.values(presets).join(', ')} for ${learnedTerms(setup).join(', ')}. Train it with train-ratio --preset.`,
      )
    const one = { files, network }
    if (card.setup?.selection === 'none') groups.uncut.push(one)
    else groups.bySteps.set(step, [...(groups.bySteps.get(step) ?? []), one])
  }
  // Of the same events, each replica once: checked before hours are spent.
  for (const [step, group] of groups.bySteps) await check(group, { ...setup, preset: presets[step]! })
  if (groups.uncut.length > 0)
    await check(groups.uncut, { ...setup, preset: presets.parton!, selection: 'none' })
  return groups
}

/** @throws AppError 'model/mismatch', see loadNetworks */
async function check(group: readonly Loaded[], setup: FitIntent): Promise<void> {
  const files = group.map((one) => one.files)
  await loadNetworks(files, setup, { trustCards: false, replicas: group.length })
}

const learnedTerms = (setup: FitIntent): string[] => setupTerms(setup).filter((term) => !termVanishes(term))

const networksOf = (loaded: readonly Loaded[]): RatioNetwork[] => loaded.map(({ network }) => network)

async function measuredLosses(setup: FitIntent, groups: Groups, points: number, run: ResumableRun) {
  const sample = generateSample({
    ...{ process: setupProcess(setup), points, seed: namedSeed(setup.seed, 'features', 'test') },
    observables: observablesOf(groups),
    detector: setupDetector(setup),
    selection: setupSelections[setup.selection],
    unweightAt: null,
  })
  for (;;) {
    const step = sample.next()
    if (step.done) return lossesOf(setup, groups, step.value.table)
    await run.step({
      done: Math.round(100 * step.value.fraction),
      total: 100,
      unit: 'percent',
      part: 'test events',
    })
  }
}

/** All that any of the networks looks at. */
function observablesOf({ bySteps }: Groups): ObservableName[] {
  const seen = new Set(
    [...bySteps.values()].flatMap((group) => networksOf(group).flatMap(({ features }) => features)),
  )
  return observableNames.filter((name) => seen.has(name))
}

function lossesOf(setup: FitIntent, { bySteps, uncut }: Groups, events: Parameters<typeof learnedLoss>[0]) {
  const process = setupProcess(setup)
  const terms = learnedTerms(setup)
  const byTerm = (all: readonly { term: string; loss: number }[]) =>
    terms.map((term) => all.find((one) => one.term === term)!.loss)
  const learned = [...bySteps].map(([step, group]) => {
    const names = group[0].network.features as ObservableName[]
    const ratios = learnedRatios(networksOf(group), { names, values: featureMatrix(events, names) })
    return {
      ...{ step, replicas: group.length },
      terms: terms.map((term) => learnedLoss(events, ratios(term).median, term)),
    }
  })
  const onPlane = (term: string): number => {
    const { smWeight, exact, learned: found } = partonRatios(process, networksOf(uncut), term)
    return limitedLoss(
      smWeight,
      smWeight.map((w, i) => w * exact[i]),
      found,
    ).loss
  }
  return {
    testEvents: events.rows,
    partonExact: byTerm(partonBayesLosses(process)),
    partonLearned: uncut.length > 0 ? terms.map(onPlane) : null,
    finalState: byTerm(eventBayesLosses(events)),
    learned: learned.toSorted((a, b) => featureSteps.indexOf(a.step) - featureSteps.indexOf(b.step)),
  }
}

interface Widths {
  width68: number[] // [operators]
  width95: number[]
}

type Part = { id: string } | { id: string; seed: number; step: FeatureStep }

/** One set of data, which its seed decides, seen through one set of features. */
async function measuredWidths(
  base: FitIntent,
  step: FeatureStep,
  group: readonly Loaded[],
  run: ResumableRun,
  log: (line: string) => void,
): Promise<Widths> {
  const handlers = createFitHandlers({})
  const quiet = (): null => null
  const preset = presets[step]
  const setup = { ...base, ...(preset && { preset, replicas: group.length }) }
  await run.step({ done: 0, total: 2, unit: 'step' }, () => ({}))
  const data = await pump(handlers['prepare-fit']({ setup, dropped: null }), quiet, log)
  const kind = step === 'binned' || step === 'exact' ? step : 'unbinned'
  const ratios = kind === 'unbinned' ? await learnedOf(data.features) : null
  await run.step({ done: 1, total: 2, unit: 'step' }, () => ({}))
  const { summaries } = await pump(handlers.fit({ setup, data, kind, ratios }), quiet, log)
  const found = { width68: summaries.map(lengthOf(0.68)), width95: summaries.map(lengthOf(0.95)) }
  log(`data ${setup.seed}, ${step}: ${found.width68.map((width) => width.toFixed(3)).join(', ')}`)
  return found

  async function learnedOf(features: typeof data.features) {
    const files = group.map((one) => one.files)
    const networks = await handlers['load-networks']({ setup, files })
    return (await pump(handlers['predict-ratios']({ setup, networks, features }), quiet, log)).ratios
  }
}

/** Total length of the highest-density set [TeV^-2]. */
const lengthOf =
  (mass: number) =>
  ({ highestDensity }: ParameterSummary): number =>
    highestDensity
      .find(({ probability }) => probability === mass)!
      .segments.reduce((sum, { low, high }) => sum + high - low, 0)
