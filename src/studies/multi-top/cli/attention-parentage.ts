import { defineCommand } from '../../../cli/command.ts'
import { countRange, seedRange } from '../../../cli/options/ranges.ts'
import { createProgressLines } from '../../../cli/progress-lines.ts'
import { forwardEvent } from '../../../ml/transformer/reference-forward.ts'
import type { TransformerModel } from '../../../ml/transformer/transformer-files.ts'
import { TransformerLayout } from '../../../ml/transformer/transformer-parameters.ts'
import { asSampleEvents } from '../../../cli/samples/make-sample.ts'
import { objectAttention } from '../analysis/interpret/object-attention.ts'
import {
  hasPairs,
  partnerAttention,
  type AttentionWithTruth,
} from '../analysis/parentage/partner-attention.ts'
import { topProducts, topsOfJets } from '../analysis/parentage/top-of-jets.ts'
import { eventTokens } from '../analysis/tokens/event-tokens.ts'
import { standardised } from '../analysis/tokens/token-scaling.ts'
import { eventsWithPartons } from './events-with-partons.ts'
import { openTransformer, transformerOption } from './open-transformer.ts'

export const attentionParentageCommand = defineCommand({
  summary:
    'whether heads of a transformer attend to jets of the same top quark, beside chance and what places alone give',
  options: {
    model: transformerOption,
    process: {
      kind: 'choice',
      choices: ['p p > t t~', 'p p > t t~ t t~'],
      default: 'p p > t t~',
      help: 'whose events are made, with the truth about their quarks',
    },
    events: {
      kind: 'number',
      ...countRange(20, 100_000),
      default: '1000',
      help: 'with a jet that has a partner and another that is none',
    },
    seed: { kind: 'number', ...seedRange, default: '1', help: 'of the events' },
  },
  run: async ({ model: name, process, events: wanted, seed }, log) => {
    const model = await openTransformer(name)
    const tell = createProgressLines(log)
    const found: AttentionWithTruth[] = []
    let [made, jets, matched] = [0, 0, 0]
    for await (const { filled, tops, standard } of eventsWithTruth(model, process, seed)) {
      made++
      for (let slot = 0; slot < tops.length; slot++) jets += filled[6 * slot]
      matched += tops.filter((top) => top >= 0).length
      if (!hasPairs(tops)) continue
      found.push({ tops, attention: attentionOf(model, standard) })
      tell({ done: found.length, total: wanted, unit: 'event' })
      if (found.length >= wanted) break
    }
    const { blocks, heads } = model.card.training.spec
    const maps = partnerAttention(found, blocks * heads)
    return {
      ...{ model: model.card.id, process, made, events: found.length },
      jetsOfTops: matched / jets,
      heads: maps.map((own, map) => ({
        block: Math.floor(map / heads) + 1,
        head: (map % heads) + 1,
        ...own,
      })),
    }
  },
})

/** [blocks × heads, objects, objects] with all shown. */
function attentionOf({ card, parameters }: TransformerModel, x: Float32Array): Float64Array {
  const { spec } = card.training
  const { blocks } = forwardEvent(new TransformerLayout(spec), parameters, x, null)
  return Float64Array.from(blocks.flatMap(({ attention }) => [...objectAttention(attention, spec)]))
}

/** Events as a detector sees them, each with the top quark of its jets, without end. */
async function* eventsWithTruth({ card }: TransformerModel, process: string, seed: number) {
  const scaling = {
    mean: Float64Array.from(card.scaling.mean),
    deviation: Float64Array.from(card.scaling.deviation),
  }
  for await (const { partons, detected } of eventsWithPartons({ process, set: {} }, seed)) {
    const drawn = detected.map((event) => ({ part: 0, drawn: { event, weight: 1 } }))
    const table = eventTokens(asSampleEvents(drawn, [1]))
    const values = standardised(table, scaling)
    const { tokens } = table
    for (let i = 0; i < table.events; i++) {
      const own = <T extends Float32Array | Uint8Array>(all: T): T =>
        all.subarray(i * tokens, (i + 1) * tokens) as T
      const [raw, filled] = [own(table.values), own(table.filled)]
      yield { filled, standard: own(values), tops: topsOfJets(raw, filled, topProducts(partons, i)) }
    }
  }
}
