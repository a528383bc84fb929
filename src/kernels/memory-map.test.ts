import { expect, it } from 'vitest'
import { MemoryMap } from './memory-map.ts'

it('regions follow each other without overlap, aligned to a v128', () => {
  const map = new MemoryMap()
  const sizes = [1, 0, 16, 17, 128, 40, 3, 4096, 8]
  sizes.forEach((bytes, i) => map.reserve(`region ${i}`, bytes))
  let end = 0
  map.regions().forEach(({ name, start, bytes }, i) => {
    expect(start).toBeGreaterThanOrEqual(end)
    expect(start % 16).toBe(0)
    expect(bytes).toBe(sizes[i])
    expect(map.start(name)).toBe(start)
    end = start + bytes
  })
  expect(map.bytes).toBeGreaterThanOrEqual(end)
})

it('a name is given once, and only known ones are found', () => {
  const map = new MemoryMap()
  map.reserve('a', 16)
  expect(() => map.reserve('a', 32)).toThrow(/"a" of 32 bytes/)
  expect(() => map.reserve('b', -1)).toThrow(/"b" of -1 bytes/)
  expect(() => map.start('c')).toThrow(/no region "c"/)
})
