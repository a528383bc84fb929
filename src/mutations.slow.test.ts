import { expect, it } from 'vitest'
import { AppError } from './errors.ts'
import { createRng } from './numerics/rng.ts'
import { mutate, mutationKinds } from './testing/mutations.ts'
import { eventReaders } from './testing/readers/events.ts'
import { linkReaders } from './testing/readers/links.ts'
import { networkReaders } from './testing/readers/networks.ts'
import { physicsReaders } from './testing/readers/physics.ts'
import { textOf } from './testing/readers/reader.ts'
import { tableReaders } from './testing/readers/tables.ts'
import { processorMs } from './testing/processor-time.ts'

/** By kind of damage: 2,000 in all. */
const each = 500
const longestSeconds = 1

const readers = { ...physicsReaders, ...linkReaders, ...tableReaders, ...eventReaders, ...networkReaders }

/** Plain data as text: arrays of numbers of any kind, NaN and infinities included. */
function meaning(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    ArrayBuffer.isView(part)
      ? Array.from(part as Float64Array, String)
      : typeof part === 'number'
        ? String(part)
        : part instanceof Map
          ? [...(part as Map<unknown, unknown>)]
          : part,
  )
}

it.each(Object.entries(readers))(
  '%s: damage is refused in a sentence, at once, or changes nothing that is not listed',
  async (name, { file, read, listed }) => {
    const before = await read(file.slice())
    const meant = meaning(before)
    const random = createRng(2026).split(name)
    let refusals = 0
    for (const kind of mutationKinds)
      for (let i = 0; i < each; i++) {
        const bytes = mutate(file, kind, random)
        const begin = processorMs()
        const shown = () => `${kind} ${i}: ${textOf(bytes).slice(0, 3000)}`
        try {
          const after = await read(bytes)
          if (meaning(after) !== meant && !listed?.may(before as never, after as never, kind))
            expect.fail(
              `was read as ${meaning(after).slice(0, 400)} instead of ${meant.slice(0, 400)}; ${shown()}`,
            )
        } catch (thrown) {
          if (!(thrown instanceof AppError) || thrown.code === 'job/crashed') {
            if (thrown instanceof Error && thrown.message.startsWith('was read as')) throw thrown
            expect.fail(`${String(thrown)} ${thrown instanceof Error ? thrown.stack : ''}; ${shown()}`)
          }
          refusals++
        }
        const seconds = (processorMs() - begin) / 1000
        if (seconds > longestSeconds) expect.fail(`took ${seconds} s; ${shown()}`)
      }
    expect(refusals).toBeGreaterThan(0)
  },
  120_000,
)
