import { defineCommand } from '../../../cli/command.ts'
import { countRange, seedRange } from '../../../cli/options/ranges.ts'
import { createProgressLines } from '../../../cli/progress-lines.ts'
import { sampleSet } from '../../../generator/samples/sample-set.ts'
import { passes } from '../../../generator/samples/selection.ts'
import { multiTopClasses } from '../analysis/tokens/class-samples.ts'
import { neutrinoAreas } from '../analysis/tokens/neutrino-classifier.ts'
import { neutrinosOf } from '../analysis/tokens/neutrinos.ts'
import { eventsWithPartons } from './events-with-partons.ts'

export const neutrinoLeakageCommand = defineCommand({
  summary:
    'how far the number of neutrinos alone, which only a generator knows, gives the classes of top multiplicity away',
  options: {
    events: {
      kind: 'number',
      ...countRange(500, 1_000_000),
      default: '4000',
      help: 'of each class after the selection of its sample, shared by its processes as there',
    },
    seed: { kind: 'number', ...seedRange, default: '1', help: 'of events and bootstrap' },
  },
  run: async ({ events, seed }, log) => {
    const tell = createProgressLines(log)
    const rows = { labels: [] as number[], counts: [] as number[], weights: [] as number[] }
    const means: number[] = []
    for (const [label, { id }] of multiTopClasses.entries()) {
      const { parts, selection } = sampleSet[id]
      let [sum, total] = [0, 0]
      for (const { model, share } of parts) {
        const wanted = Math.round((share / 1000) * events)
        const own: { count: number; weight: number }[] = []
        let [trials, sigma, made] = [0, 0, 0]
        for await (const { partons, detected, ...block } of eventsWithPartons(model, seed)) {
          trials += block.trials
          sigma += block.sum
          const counts = neutrinosOf(partons)
          detected.forEach((event, i) => {
            made += partons.weight[i]
            if (passes(selection, event)) own.push({ count: counts[i], weight: partons.weight[i] })
          })
          tell({ done: Math.min(wanted, own.length), total: wanted, unit: 'event', part: model.process })
          if (own.length >= wanted) break
        }
        for (const { count, weight } of own) {
          const mixed = ((sigma / trials) * weight) / made
          rows.labels.push(label)
          rows.counts.push(count)
          rows.weights.push(mixed)
          sum += mixed * count
          total += mixed
        }
      }
      means.push(sum / total)
    }
    const { perClass, mean } = neutrinoAreas(rows, multiTopClasses.length, seed)
    return {
      events: rows.labels.length,
      classes: multiTopClasses.map(({ id }, c) => ({ id, meanNeutrinos: means[c], auc: perClass[c] })),
      meanAuc: mean,
    }
  },
})
