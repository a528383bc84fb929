import type { SchemaElement } from 'hyparquet'
import { objectSymbols } from '../../generator/detector/reconstructed.ts'
import type { EventContent } from './event-content.ts'

/** What columns there are: particles as generated, or objects as a detector sees them. */
export type ParquetContent = 'particles' | 'objects'

/** Values of one column, a list of them where an event has several. */
export interface ParquetColumn {
  name: string
  data: (string | number | string[] | number[])[]
}

type Leaf = 'INT32' | 'FLOAT' | 'DOUBLE' | 'STRING'

const columns: Record<ParquetContent, { event: Record<string, Leaf>; lists: Record<string, Leaf> }> = {
  particles: {
    event: { event: 'INT32', process: 'STRING', weight: 'DOUBLE', scale: 'DOUBLE', alpha_s: 'DOUBLE' },
    lists: {
      ...{ pdg_id: 'INT32', status: 'INT32', mother: 'INT32', colour: 'INT32', anticolour: 'INT32' },
      ...{ energy: 'DOUBLE', px: 'DOUBLE', py: 'DOUBLE', pz: 'DOUBLE' },
    },
  },
  objects: {
    event: { event: 'INT32', process: 'STRING', weight: 'DOUBLE', met: 'FLOAT', met_phi: 'FLOAT' },
    lists: { object: 'STRING', energy: 'FLOAT', pt: 'FLOAT', eta: 'FLOAT', phi: 'FLOAT' },
  },
}

/** One row an event, lists of what is in it (the three-level lists of the Parquet format). */
export function parquetSchema(content: ParquetContent): SchemaElement[] {
  const { event, lists } = columns[content]
  const flat = Object.entries(event).map(([name, leaf]) => leafElement(name, leaf))
  const nested = Object.entries(lists).flatMap(([name, leaf]): SchemaElement[] => [
    { name, repetition_type: 'REQUIRED', num_children: 1, converted_type: 'LIST' },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    leafElement('element', leaf),
  ])
  const top = Object.keys(event).length + Object.keys(lists).length
  return [{ name: 'events', num_children: top }, ...flat, ...nested]
}

function leafElement(name: string, leaf: Leaf): SchemaElement {
  return leaf === 'STRING'
    ? { name, type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' }
    : { name, type: leaf, repetition_type: 'REQUIRED' }
}

/**
 * Columns of blocks that follow each other.
 *
 * @param firstEvent  events before them
 * @param process     name of all events, where they do not know their partonic process
 */
export function parquetColumns(
  blocks: readonly EventContent[],
  firstEvent: number,
  process: string,
  subprocesses: readonly string[],
): ParquetColumn[] {
  const data = new Map<string, ParquetColumn['data']>()
  const put = (row: Record<string, ParquetColumn['data'][number]>): void => {
    for (const [name, value] of Object.entries(row)) {
      const column = data.get(name)
      if (column) column.push(value)
      else data.set(name, [value])
    }
  }
  let number = firstEvent
  for (const block of blocks) {
    if (block.kind === 'objects')
      block.events.forEach(({ types, energy, pt, eta, phi, met, metPhi }, i) =>
        put({
          ...{ event: ++number, process, weight: block.weight[i], met, met_phi: metPhi },
          object: Array.from(types, (type) => objectSymbols[type]),
          ...{ energy: Array.from(energy), pt: Array.from(pt), eta: Array.from(eta), phi: Array.from(phi) },
        }),
      )
    if (block.kind === 'particles') {
      const { events, first, weight, scale, alphaS, subprocess, ids, status, mother, colour, momenta } =
        block.events
      for (let i = 0; i < events; i++) {
        const rows = Array.from({ length: first[i + 1] - first[i] }, (_, k) => first[i] + k)
        put({
          ...{ event: ++number, process: subprocesses[subprocess[i]], weight: weight[i] },
          ...{ scale: scale[i], alpha_s: alphaS[i] },
          pdg_id: rows.map((row) => ids[row]),
          status: rows.map((row) => status[row]),
          mother: rows.map((row) => mother[row]),
          colour: rows.map((row) => colour[2 * row]),
          anticolour: rows.map((row) => colour[2 * row + 1]),
          energy: rows.map((row) => momenta[4 * row]),
          px: rows.map((row) => momenta[4 * row + 1]),
          py: rows.map((row) => momenta[4 * row + 2]),
          pz: rows.map((row) => momenta[4 * row + 3]),
        })
      }
    }
  }
  return [...data].map(([name, values]) => ({ name, data: values }))
}
