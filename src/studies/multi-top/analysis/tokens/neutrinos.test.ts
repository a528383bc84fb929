import { expect, it } from 'vitest'
import { particleStatus, PartonEventWriter } from '../../../../generator/parton-events/parton-events.ts'
import { neutrinosOf } from './neutrinos.ts'

it('neutrinos in the final state are counted, whatever their flavour and charge', () => {
  const writer = new PartonEventWriter()
  const momenta = new Float64Array([1, 0, 0, 1])
  const add = (id: number, status: number): void => writer.add(id, status, -1, 0, 0, momenta, 0)
  writer.begin(0, 1, 91, 0.118)
  add(21, particleStatus.incoming)
  add(24, particleStatus.decayed)
  for (const id of [-11, 12, 13, -14]) add(id, particleStatus.final)
  writer.begin(0, 1, 91, 0.118)
  add(5, particleStatus.final)
  expect([...neutrinosOf(writer.take())]).toEqual([2, 0])
})
