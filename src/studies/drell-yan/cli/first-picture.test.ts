import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { makeFirstPicture } from './make-first-picture.ts'

it('the picture shown first is the one of the shipped data and encoder', async () => {
  const file = fileURLToPath(new URL('../views/explore/first-picture.json', import.meta.url))
  const picture = await makeFirstPicture(expect.unreachable)
  expect(`${JSON.stringify(picture)}\n`).toBe(readFileSync(file, 'utf8'))
  const places = picture.classes.flat()
  expect(places).toHaveLength(2 * 2 * 2000)
  expect(Math.min(...places)).toBeGreaterThan(0)
  expect(Math.max(...places)).toBeLessThan(Math.max(picture.width, picture.height))
})
