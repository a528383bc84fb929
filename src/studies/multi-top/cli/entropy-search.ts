import { AppError } from '../../../errors.ts'
import { defineCommand } from '../../../cli/command.ts'
import { samplesFolder } from '../../../cli/files.ts'
import { countRange, seedRange } from '../../../cli/options/ranges.ts'
import { readSample } from '../../../cli/read-sample.ts'
import { chi2Survival } from '../../../statistics/special.ts'
import { weightedCalibrationError } from '../../../statistics/classification/weighted-predictions.ts'
import { backgroundsOf, ofClass } from '../analysis/search/backgrounds.ts'
import { fitSearchScorer, type ScoredRows, type SearchScorer } from '../analysis/search/event-scores.ts'
import { entropiesOfRandom } from '../analysis/search/random-events.ts'
import {
  entropyEdges,
  entropyHistogram,
  entropyReproduces,
  signalReport,
  weightedMean,
} from '../analysis/search/search-report.ts'
import { searchSelection, selectedCrossSection } from '../analysis/search/search-selection.ts'
import { joinEvents, searchSignals } from '../analysis/tokens/class-samples.ts'
import type { TokenCorpus } from '../analysis/tokens/corpus.ts'
import { takeRows } from '../analysis/tokens/corpus-rows.ts'
import { eventTokens } from '../analysis/tokens/event-tokens.ts'
import { standardised, type TokenScaling } from '../analysis/tokens/token-scaling.ts'
import { someOf, wholePart } from '../analysis/transformer/transformer-data.ts'
import { corpusOfTransformer, openTransformer, transformerOption } from './open-transformer.ts'
import { backendOfWorkers } from './transformer-backends.ts'
import { sampleOptions } from './transformer-samples.ts'

/** Training events that the learned space and its Gaussians are found from. */
const eventsOfSpace = 4000

/** Told with every result, because an efficiency alone does not. */
const note =
  'Entropy is high where a transformer cannot tell classes of the Standard Model apart. A signal that looks like one of them for certain, as dark matter beside a clean top pair may, has little of it: an AUC below 0.5 says that the score prefers the Standard Model, and no cut on it will find that signal. It was never shown a signal, so it is no optimal search for any of them.'

export const entropySearchCommand = defineCommand({
  summary:
    'how much of signals is found above cuts on entropy and other scores of a transformer that knows the Standard Model alone',
  options: {
    model: transformerOption,
    samples: sampleOptions.samples,
    signals: {
      kind: 'words',
      most: 2000,
      default: searchSignals.map(({ id }) => id).join(','),
      help: 'samples of what is searched for',
    },
    'signal-samples': { kind: 'text', most: 500, default: samplesFolder, help: 'their folder' },
    events: {
      kind: 'number',
      ...countRange(100, 1_000_000),
      default: '5000',
      help: 'of each signal and of each class of --second at most, before the selection',
    },
    second: {
      kind: 'text',
      most: 500,
      help: 'folder of samples of the same classes made with another seed (make-samples --seed): whether the entropies are the same',
    },
    seed: { kind: 'number', ...seedRange, default: '1', help: 'of masks, components and bootstrap' },
  },
  run: async ({ model: name, samples, signals, 'signal-samples': folder, events, second, seed }, log) => {
    const model = await openTransformer(name)
    const { card, parameters } = model
    const { corpus } = await corpusOfTransformer(model, samples)
    const classes = card.classes.length
    const { backend, close } = await backendOfWorkers(card.training.spec, 1)
    try {
      const training = someOf(corpus, 'training', eventsOfSpace)
      const validation = wholePart(corpus, 'validation', card.data.splitSeed)
      const parts = { training, validation }
      const scorer = await fitSearchScorer(backend, parameters, classes, parts, seed)
      log(`temperature ${scorer.temperature.toFixed(4)}`)
      const test = corpus.split.test
      const selected = searchSelection(corpus.raw, test)
      const own = await scorer.score(takeRows(corpus, selected))
      log(`scored ${selected.length} of ${test.length} test events`)
      const crossSections = await Promise.all(
        corpus.classes.map(async (id) => selectedCrossSection((await readSample(samples, id, 0)).manifest)),
      )
      const backgrounds = backgroundsOf(corpus, selected, crossSections)
      const labels = Int32Array.from(selected, (row) => corpus.labels[row])
      const weights = Float64Array.from(selected, (row) => corpus.weights[row])
      const entropy = own.scores.entropy
      const told: Record<string, object> = {}
      for (const id of signals) {
        const scored = await scoreSample(scorer, folder, id, events, corpus.scaling)
        const report = signalReport(own, backgrounds, scored, seed)
        told[id] = {
          ...{ events: scored.weights.length, of: scored.of },
          entropy: weightedMean({ values: scored.scores.entropy, weights: scored.weights }),
          entropyHistogram: entropyHistogram({ values: scored.scores.entropy, weights: scored.weights }),
          backgrounds: report,
        }
        log(`scored ${scored.weights.length} of ${scored.of} events of ${id}`)
      }
      return {
        ...{ model: card.id, temperature: scorer.temperature },
        selection: 'a b-jet and a lepton at least',
        standardModel: {
          ...{ events: test.length, selected: selected.length },
          classes: corpus.classes.map((id, c) => ({
            ...{ id, crossSectionPb: crossSections[c] },
            selected: labels.filter((label) => label === c).length,
            entropy: weightedMean(ofClass(entropy, labels, weights, c)),
          })),
          calibrationError: weightedCalibrationError({
            ...{ classes, probabilities: own.probabilities, labels, weights },
          }),
          entropy: weightedMean({ values: entropy, weights }),
          entropyEdges,
          entropyHistogram: entropyHistogram({ values: entropy, weights }),
        },
        random: await entropiesOfRandom(scorer, takeRows(corpus, selected), seed),
        ...(second !== undefined && {
          second: await compared(second, corpus, { entropy, labels, weights }, async (id) =>
            scoreSample(scorer, second, id, events, corpus.scaling),
          ),
        }),
        signals: told,
        note,
      }
    } finally {
      await close()
    }
  },
})

interface ScoredSample extends ScoredRows {
  weights: Float64Array
  /** Events before the selection. */
  of: number
}

async function scoreSample(
  scorer: SearchScorer,
  folder: string,
  id: string,
  most: number,
  scaling: TokenScaling,
): Promise<ScoredSample> {
  const { blocks } = await readSample(folder, id, most)
  const sample = joinEvents(blocks)
  const raw = eventTokens(sample)
  if (raw.tokens !== scaling.mean.length)
    throw new AppError(
      'data/mismatch',
      `${id} has ${raw.tokens} numbers an event, the transformer takes ${scaling.mean.length}. Choose a transformer without the number of neutrinos.`,
    )
  const rows = searchSelection(
    raw,
    Array.from({ length: Math.min(sample.events, most) }, (_, i) => i),
  )
  const weights = Float64Array.from(rows, (row) => sample.weight[row])
  return {
    ...(await scorer.score(takeRows({ ...raw, values: standardised(raw, scaling) }, rows))),
    ...{ weights, of: Math.min(sample.events, most) },
  }
}

/** Entropies of each class in other events of the same processes. */
async function compared(
  folder: string,
  { classes }: TokenCorpus,
  first: { entropy: Float64Array; labels: Int32Array; weights: Float64Array },
  score: (id: string) => Promise<ScoredSample>,
): Promise<object> {
  const told = []
  for (const [c, id] of classes.entries()) {
    const own = ofClass(first.entropy, first.labels, first.weights, c)
    const { scores, weights } = await score(id)
    const other = { values: scores.entropy, weights }
    told.push({
      ...{ id, events: weights.length, entropy: weightedMean(other) },
      entropyHistogram: entropyHistogram(other),
      ...entropyReproduces(own, other),
    })
  }
  const chi2 = told.reduce((sum, own) => sum + own.chi2, 0)
  const degrees = told.reduce((sum, own) => sum + own.degrees, 0)
  return { folder, classes: told, chi2, degrees, p: chi2Survival(chi2, degrees) }
}
