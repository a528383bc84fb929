import { AppError } from '../../../errors.ts'
import { defineCommand } from '../../../cli/command.ts'
import { countRange, seedRange } from '../../../cli/options/ranges.ts'
import type { TransformerModel } from '../../../ml/transformer/transformer-files.ts'
import { lookAt } from '../analysis/interpret/hidden-event.ts'
import type { MovedObject } from '../analysis/interpret/moved-event.ts'
import type { TokenCorpus } from '../analysis/tokens/corpus.ts'
import { objectScalars, tokenInfos } from '../analysis/tokens/token-layout.ts'
import { testEventsOfClasses } from '../analysis/transformer/purity-of-spaces.ts'
import { corpusOfTransformer, openTransformer, transformerOption } from './open-transformer.ts'
import { sampleOptions } from './transformer-samples.ts'

export const maskEventCommand = defineCommand({
  summary:
    'hides numbers of one event from a transformer, or moves its objects, and tells what it then makes of it',
  options: {
    model: transformerOption,
    samples: sampleOptions.samples,
    class: { kind: 'text', most: 100, required: true, help: 'class of the event, as multitop-4t' },
    event: { kind: 'number', ...countRange(1, 10_000_000), default: '1', help: 'of its test events, from 1' },
    hide: {
      kind: 'words',
      most: 2000,
      help: 'numbers and objects that the transformer is not shown, as b1.pt,met,j2',
    },
    move: {
      kind: 'words',
      most: 2000,
      help: 'objects put elsewhere, as j1=250/-0.4/1.2 for pT [GeV], η and φ',
    },
    'per-class': {
      ...{ kind: 'number', ...countRange(1, 2000), default: '200' },
      help: 'test events of each class that its errors are taken from',
    },
    seed: { kind: 'number', ...seedRange, default: '1', help: 'of these events' },
  },
  run: async ({
    model: name,
    samples,
    class: id,
    event,
    hide = [],
    move = [],
    'per-class': perClass,
    seed,
  }) => {
    const model = await openTransformer(name)
    const { corpus } = await corpusOfTransformer(model, samples)
    return maskedEvent(model, corpus, { id, event, hide, move, perClass, seed })
  },
})

interface MaskedEventOptions {
  /** Class, and which of its test events, from 1. */
  id: string
  event: number
  hide: readonly string[]
  move: readonly string[]
  perClass: number
  seed: number
}

/**
 * What the command prints.
 *
 * @throws AppError 'input/invalid' for a class, an event, a number or an object that is not there
 */
export async function maskedEvent(
  model: TransformerModel,
  corpus: TokenCorpus,
  { id, event, hide, move, perClass, seed }: MaskedEventOptions,
) {
  const { tokens, raw } = corpus
  const row = testEvent(corpus, id, event)
  const rows = [row, ...testEventsOfClasses(corpus, perClass, seed).filter((other) => other !== row)]
  const of = <T extends Float32Array | Uint8Array>(from: T, out: T): T => {
    rows.forEach((each, r) => out.set(from.subarray(each * tokens, (each + 1) * tokens), r * tokens))
    return out
  }
  const filled = of(corpus.filled, new Uint8Array(rows.length * tokens))
  const values = of(raw.values, new Float32Array(rows.length * tokens))
  const hidden = hide.flatMap((word) => tokensOf(word, filled.subarray(0, tokens)))
  const moved = move.map((word) => movedObject(word, filled.subarray(0, tokens)))
  const { splitSeed } = model.card.data
  const loop = lookAt(model, {
    ...{ raw: values, filled, events: rows.length, event: 0, hidden, moved, splitSeed },
    eventsKey: rows.join(),
  })
  let next = await loop.next()
  while (!next.done) next = await loop.next()
  const { probabilities, whole, entropy, reconstruction, spread, compared, classes } = next.value
  return {
    ...{ model: model.card.id, class: id, event, comparedWith: rows.length - 1 },
    classes: Object.fromEntries(
      classes.map((each, c) => [each, { whole: whole[c], left: probabilities[c] }]),
    ),
    entropy,
    hidden: hidden.map((token) => ({
      ...{ name: tokenInfos[token].id, unit: tokenInfos[token].unit, truth: values[token] },
      ...{ reconstruction: reconstruction[token], error: spread[token], comparedWith: compared[token] },
    })),
    moved,
  }
}

function testEvent({ classes, split, labels }: TokenCorpus, id: string, event: number): number {
  const label = classes.indexOf(id)
  if (label < 0)
    throw new AppError(
      'input/invalid',
      `There is no class ${id}, there are ${classes.join(', ')}. Choose one.`,
    )
  const own = split.test.filter((row) => labels[row] === label)
  if (event > own.length)
    throw new AppError(
      'input/invalid',
      `Event ${event} is asked for, ${id} has ${own.length} test events. Choose a lower number.`,
      { expected: own.length, actual: event },
    )
  return own[event - 1]
}

/** "b1.pt" is one token, "b1" the six of an object. */
function tokensOf(word: string, filled: Uint8Array): number[] {
  const known = tokenInfos.slice(0, filled.length)
  const found = [...known.keys()].filter(
    (token) => known[token].id === word || known[token].id.startsWith(`${word}.`),
  )
  if (found.length === 0)
    throw new AppError(
      'input/invalid',
      `An event has no number or object "${word}": there are b1 to b4, j1 to j8, l1 to l4, each with ${objectScalars.join(', ')} as b1.pt, and ${known
        .filter(({ slot }) => slot < 0)
        .map(({ id }) => id)
        .join(', ')}.`,
    )
  if (filled[found[0]] === 0)
    throw new AppError('input/invalid', `This event has no ${word.split('.')[0]}. Hide what it has.`)
  return found
}

function movedObject(word: string, filled: Uint8Array): MovedObject {
  const [, name, numbers] = /^(\w+)=(.+)$/.exec(word) ?? []
  const [pt, eta, phi, ...rest] = (numbers ?? '').split('/').map(Number)
  if (name === undefined || rest.length > 0 || ![pt, eta, phi].every(Number.isFinite) || !(pt > 0))
    throw new AppError(
      'input/invalid',
      `"${word}" says not where an object is put: write pT [GeV] above 0, η and φ as j1=250/-0.4/1.2.`,
    )
  const slot = tokenInfos.findIndex(({ id }) => id === `${name}.pt`)
  const [token] = tokensOf(slot < 0 ? name : `${name}.pt`, filled)
  if (slot < 0)
    throw new AppError(
      'input/invalid',
      `${tokenInfos[token].id} is no object that can be moved. Name one as j1.`,
    )
  return { slot: tokenInfos[token].slot, pt, eta, phi }
}
