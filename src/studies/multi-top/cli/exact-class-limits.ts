import { defineCommand } from '../../../cli/command.ts'
import { hardProcessFromOptions } from '../../../cli/cross-section/set-up.ts'
import { samplingFromOptions } from '../../../cli/generate/sampling.ts'
import { countRange, seedRange } from '../../../cli/options/ranges.ts'
import { createProgressLines } from '../../../cli/progress-lines.ts'
import { partOptions } from '../../../cli/samples/part-options.ts'
import { createPartonEventSource, eventsPerBlock } from '../../../generator/parton-events/event-block.ts'
import { drain } from '../../../numerics/drain.ts'
import { finalStateFeatures } from '../analysis/limits/final-state.ts'
import { exactWeights, hypothesisPairs, type HypothesisPair } from '../analysis/limits/hypotheses.ts'
import { learnedBesideExact } from '../analysis/limits/learned-beside-exact.ts'

const ids = Object.keys(hypothesisPairs) as HypothesisPair[]

export const exactClassLimitsCommand = defineCommand({
  summary:
    'at parton level, how well two hypotheses of one final state can be told apart at best, by |M|^2 and densities, and how well trees learn it',
  options: {
    pairs: { kind: 'choices', choices: ids, default: ids.join(','), help: 'which' },
    events: {
      kind: 'number',
      ...countRange(500, 10_000_000),
      default: '40000',
      help: 'of each; 40 % are tested on',
    },
    mass: { kind: 'number', min: 10, max: 2000, unit: 'GeV', default: '125', help: 'of the scalar' },
    ctt1: {
      kind: 'number',
      ...{ min: -100, max: 100, unit: 'TeV⁻²', default: '2' },
      help: 'c / Λ² of the operator of four tops',
    },
    seed: { kind: 'number', ...seedRange, default: '1', help: 'of events, trees and bootstrap' },
  },
  run: async ({ pairs, events: wanted, mass, ctt1, seed }, log) => {
    const told: Record<string, object> = {}
    for (const id of ids.filter((own) => pairs.includes(own))) {
      const { process, title } = hypothesisPairs[id]
      const scalar = process.includes('phi')
      const model = {
        process,
        set: scalar ? { mphi: mass } : {},
        ...(scalar && { mediator: 'scalar' as const }),
      }
      const options = partOptions(model, seed, 1)
      const { hard, kernel } = await hardProcessFromOptions(options, log)
      const sampling = await samplingFromOptions(options, hard, { step: () => Promise.resolve() })
      const source = createPartonEventSource(hard, sampling, { seed, kernel })
      const { pdf, sqrtS, parameters } = hard.collision
      const first = new Float64Array(wanted)
      const second = new Float64Array(wanted)
      let values = new Float64Array(0)
      let features = 0
      const tell = createProgressLines(log)
      for (let done = 0; done < wanted; done += eventsPerBlock) {
        const { events } = source.block(done / eventsPerBlock, Math.min(eventsPerBlock, wanted - done))
        const weights = exactWeights(id, events, { pdf, sqrtS, parameters, ctt1, kernel })
        first.set(weights.first, done)
        second.set(weights.second, done)
        const own = finalStateFeatures(events)
        if (done === 0) {
          features = own.features
          values = new Float64Array(wanted * features)
        }
        values.set(own.values, done * features)
        tell({ done: done + events.events, total: wanted, unit: 'event', part: id })
      }
      told[id] = { title, ...drain(learnedBesideExact(values, features, { first, second }, seed)) }
    }
    return told
  },
})
