import { expect, it } from 'vitest'
import { readPoints, startsWithColumn } from './points-file.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

it('tells its tables from others by their first column, whatever separates', async () => {
  const found = async (text: string) => startsWithColumn(new Blob([text]), 'x')
  for (const text of ['x,y\n1,2', '  x;y', '"x"\ty', 'x y\n1 2']) expect(await found(text), text).toBe(true)
  for (const text of ['x1,y\n1,2', '1,2\n', '', '{"x": 1}']) expect(await found(text), text).toBe(false)
})

it('reads points, and says where one is none', () => {
  expect([...readPoints('p.csv', bytes('x,y\n1,2\n3,4e1\n'), ['x', 'y'])]).toEqual([1, 2, 3, 40])
  expect(() => readPoints('p.csv', bytes('x,y,z\n1,2,3\n'), ['x', 'y'])).toThrow(
    'p.csv has points of 3 columns, 2 are read here: x,y.',
  )
  expect(() => readPoints('p.csv', bytes('x,y\n1,2\n3,nan\n'), ['x', 'y'])).toThrow('p.csv, line 3, y:')
})
