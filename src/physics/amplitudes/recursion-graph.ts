import type { AmplitudeParameters } from './parameters.ts'
import { legsOf, type Process } from './process.ts'
import { unsupported } from './vertices.ts'
import { isFermion, type Current, type RecursionGraph } from './currents.ts'
import { GraphBuilder } from './graph-builder.ts'

/** Powers of g_s in |M|²: a tree with n legs has n - 2 couplings. */
export function strongPower({ incoming, outgoing }: Process, { order }: RecursionGraph): number {
  return 2 * (incoming.length + outgoing.length - 2 - order)
}

/**
 * Colour-dressed Berends-Giele recursion, laid out once per process: all currents of all subsets of legs but the
 * root, in the lowest order in electroweak couplings that connects the legs. Colours are strings
 * (colour-strings.ts), so a current holds numbers for helicities only.
 *
 * @throws AppError 'input/invalid' where no diagram connects the legs, or one would need a vertex we lack
 *
 * Sources: Berends, Giele NPB 306 (1988) 759; Draggiotis, Kleiss, Papadopoulos hep-ph/9807207; Duhr, Hoeche,
 * Maltoni hep-ph/0607057 (colour dressing).
 */
export function recursionGraph(
  process: Process,
  parameters: AmplitudeParameters,
  root = defaultRoot(process),
): RecursionGraph {
  const legs = legsOf(process)
  for (const { kind, name } of legs)
    if (kind === 'gluino' || kind === 'squark')
      throw unsupported(process.name, `the recursion knows no ${name}.`)
  const bosons = legs.filter(({ kind }) => kind === 'vector' || kind === 'scalar').length
  for (let order = bosons; order <= legs.length; order++) {
    const graph = new GraphBuilder(process, parameters, root, order).graph()
    if (graph.ends.length > 0) return pruned(graph, process)
  }
  throw unsupported(process.name, 'no tree diagram connects these particles. Check charges and flavours.', {
    diagrams: 0,
  })
}

/** The last leg with colour or a fermion line. */
function defaultRoot(process: Process): number {
  const root = legsOf(process).findLastIndex((leg) => isFermion(leg) || leg.kind === 'gluon')
  if (root < 0) throw unsupported(process.name, 'it has neither quark, lepton nor gluon.')
  return root
}

/** Only what an end needs, in an order in which every input comes first. */
function pruned(graph: RecursionGraph, process: Process): RecursionGraph {
  const needed = new Uint8Array(graph.currents.length)
  const visit = (at: number): void => {
    if (needed[at]) return
    needed[at] = 1
    for (const { rule, inputs } of graph.currents[at].vertices) {
      if (rule === 'missing')
        throw unsupported(
          process.name,
          'a vertex of W, Z, photon or Higgs among themselves would enter, which the recursion has not.',
        )
      inputs.forEach(visit)
    }
  }
  graph.ends.forEach(({ current }) => visit(current))
  const place = new Int32Array(graph.currents.length)
  const currents: Current[] = []
  graph.currents.forEach((current, i) => {
    if (needed[i]) place[i] = currents.push(current) - 1
  })
  return {
    ...graph,
    currents: currents.map((current) => ({
      ...current,
      vertices: current.vertices.map((vertex) => ({
        ...vertex,
        inputs: vertex.inputs.map((input) => place[input]),
      })),
    })),
    ends: graph.ends.map((end) => ({ ...end, current: place[end.current] })),
  }
}
