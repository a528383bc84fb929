import type { ClosedString } from './colour-strings.ts'
import type { AmplitudeParameters } from './parameters.ts'
import { legsOf, type Process } from './process.ts'
import { recursionGraph } from './recursion-graph.ts'
import type { AmplitudeTensor } from './squared-matrix-element.ts'

/**
 * A flow of colour at leading order in 1/N: [legs, 2] numbers of the colour lines that end at each leg's colour and
 * anticolour, from 1 on, 0 for none. As Les Houches files have it (hep-ph/0109068): a line from an incoming to an
 * outgoing quark is the colour of both, from an outgoing quark to an outgoing antiquark the colour of the one and the
 * anticolour of the other.
 */
export type ColourFlow = Uint8Array

export interface ColourFlows {
  flows: ColourFlow[]
  /** Of each flow its place among the structures of the amplitude tensor. */
  structures: number[]
}

/**
 * Flows of a process that the recursion knows: colour structures to which a diagram adds without the 1/N of a gluon's
 * missing trace.
 *
 * @throws AppError 'input/invalid', see recursionGraph
 */
export function colourFlows(process: Process, parameters: AmplitudeParameters): ColourFlows {
  const graph = recursionGraph(process, parameters)
  // Inputs come before what they make, so one pass tells what is of leading order.
  const leading: boolean[] = []
  for (const { colour, vertices } of graph.currents)
    leading.push(
      colour.open.end !== 'unit' &&
        (vertices.length === 0 || vertices.some(({ inputs }) => inputs.every((input) => leading[input]))),
    )
  const structures = [
    ...new Set(graph.ends.flatMap(({ current, structure }) => (leading[current] ? [structure] : []))),
  ].sort((a, b) => a - b)
  return { structures, flows: structures.map((s) => colourFlow(process, graph.structures[s])) }
}

/** Lines of strings ⟨row| T_a T_b … |column⟩ and of traces. */
export function colourFlow(process: Process, strings: readonly ClosedString[]): ColourFlow {
  const flow = new Uint8Array(2 * legsOf(process).length)
  const incoming = process.incoming.length
  // Of an incoming leg colour and anticolour change places.
  const end = (leg: number, anti: boolean, line: number): void => {
    flow[2 * leg + (anti === leg < incoming ? 0 : 1)] = line
  }
  let line = 0
  for (const { row, column, word } of strings) {
    const first = ++line
    if (row !== undefined) end(row, false, line)
    word.forEach((leg, i) => {
      end(leg, true, line)
      const closes = row === undefined && i === word.length - 1
      end(leg, false, closes ? first : ++line)
    })
    if (column !== undefined) end(column, true, line)
  }
  return flow
}

/** Weights of the flows: |amplitude|² of each colour order, all helicities summed. */
export function flowWeights(
  { structures }: ColourFlows,
  { values, structures: count, colourMatrix }: AmplitudeTensor,
  out: Float64Array,
): void {
  out.fill(0)
  for (let at = 0; at < values.length; at += 2 * count)
    for (let f = 0; f < structures.length; f++) {
      const k = at + 2 * structures[f]
      out[f] += values[k] * values[k] + values[k + 1] * values[k + 1]
    }
  for (let f = 0; f < structures.length; f++) out[f] *= colourMatrix[structures[f] * (count + 1)]
}
