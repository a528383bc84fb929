import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { modelCardSchema } from './model-card.ts'

const shipped = JSON.parse(
  readFileSync(new URL('../../models/dy-supcon-2d/card.json', import.meta.url), 'utf8'),
) as Record<string, unknown>

describe('the words of a card', () => {
  it('of the shipped cards stay as they are', () => {
    expect(modelCardSchema.parse(shipped)).toEqual(shipped)
  })

  it('are shown as far as they can be read, and turn no direction of writing', () => {
    const card = modelCardSchema.parse({
      ...shipped,
      title: `\u202e${'🧪'.repeat(5000)}`,
      description: 'מפה '.repeat(5000),
      engine: 'x'.repeat(10_000),
    })
    expect(card.title).toMatch(/^ 🧪+…🧪+$/u)
    expect(card.title.length).toBeLessThanOrEqual(80)
    expect(card.description.length).toBeLessThanOrEqual(480)
    expect(card.engine).toHaveLength(80)
  })

  it('are of a hundred metrics at most', () => {
    const metrics = (count: number) =>
      Object.fromEntries(
        Array.from({ length: count }, (_, k) => [`metric ${k}`, { value: k, description: '' }]),
      )
    expect(modelCardSchema.safeParse({ ...shipped, metrics: metrics(100) }).success).toBe(true)
    const refused = modelCardSchema.safeParse({ ...shipped, metrics: metrics(10_000) })
    expect(refused.error?.issues).toMatchObject([
      { path: ['metrics'], message: '10000 of them, at most 100 are shown' },
    ])
  })
})
