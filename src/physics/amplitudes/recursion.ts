import { configurationsOf, configurationsWithin } from './configurations.ts'
import { colourMatrix } from './colour-matrix.ts'
import {
  addContraction,
  addCurrent,
  addProduct,
  addRowSlash,
  addSlashColumn,
  propagateColumn,
  propagateRow,
} from './dirac.ts'
import { addBracket, addQuartic } from './gluon-vertices.ts'
import type { AmplitudeParameters } from './parameters.ts'
import type { Particle } from './particles.ts'
import { averagingFactor, legsOf, spinStates, type Process } from './process.ts'
import type { Current } from './currents.ts'
import { recursionGraph, strongPower } from './recursion-graph.ts'
import type { AmplitudeTensor, HelicityAmplitudes } from './squared-matrix-element.ts'
import { squaredTensor } from './tensor.ts'
import { massOf, propagates, type BosonField } from './vertices.ts'
import { columnU, columnV, polarisation, rowU, rowV } from './wave-functions.ts'

/** Numbers of one spinor or vector. */
const width = 8

export interface RecursionOptions {
  /** Leg whose wave function closes the amplitude; any choice gives the same. */
  root?: number
  /** A leg whose polarisation is replaced by its momentum: gauge invariance makes the amplitude vanish. */
  longitudinal?: number
}

/** One vertex with, for each configuration of its current, where the inputs lie. */
interface PlannedVertex {
  rule: Current['vertices'][number]['rule']
  left: number
  right: number
  a: Int32Array
  b: Int32Array
  c: Int32Array
  /** Momenta of the first two inputs, for the three-gluon vertex. */
  pa: number
  pb: number
}

interface PlannedCurrent {
  kind: Current['kind']
  field: string
  at: number
  configurations: number
  momentum: number
  mass: number
  width: number
  amputated: boolean
  vertices: PlannedVertex[]
}

/**
 * Exact tree amplitude of any process of quarks, gluons, leptons and external photons, W, Z, H, phi, A and mediators,
 * in the lowest electroweak order, with the four-top operator where `ctt1` is not 0, all helicities and colours at once. The reference for the kernels and the closed
 * forms; some 10 µs (g g > t t~) to 1 ms (g g > t t~ t t~) per |M|².
 *
 * @throws AppError 'input/invalid' for a process without such a diagram
 */
export function recursion(
  process: Process,
  parameters: AmplitudeParameters,
  options: RecursionOptions = {},
): HelicityAmplitudes {
  const legs = legsOf(process)
  const graph = recursionGraph(process, parameters, options.root)
  const helicities = legs.map((leg) => spinStates(leg))
  const masses = legs.map(({ mass }) => (mass ? parameters[mass] : 0))
  const { root } = graph

  const places: number[] = []
  let size = 0
  for (const { legs: mask } of graph.currents) {
    places.push(size)
    size += width * configurationsOf(mask, helicities)
  }
  const rootAt = size
  const work = new Float64Array(size + width * helicities[root])
  const ended = new Set(graph.ends.map(({ current }) => current))
  const plan: PlannedCurrent[] = []
  graph.currents.forEach((current, i) => {
    if (current.vertices.length === 0) return
    plan.push({
      ...{ kind: current.kind, field: current.field, at: places[i], momentum: 4 * current.legs },
      configurations: configurationsOf(current.legs, helicities),
      mass: massOf(current.field, parameters),
      width:
        current.field === 'Z' ? parameters.widthZ : current.field.startsWith('W') ? parameters.widthW : 0,
      amputated: ended.has(i),
      vertices: current.vertices.map(({ rule, inputs, left, right }) => {
        const [a, b, c] = [0, 1, 2].map((k) =>
          k < inputs.length
            ? placesOf(current.legs, graph.currents[inputs[k]].legs, places[inputs[k]], helicities)
            : new Int32Array(0),
        )
        const [pa, pb] = inputs.map((input) => 4 * graph.currents[input].legs)
        return { rule, left, right, a, b, c, pa, pb }
      }),
    })
  })

  const externals = legs.map((_, leg) => {
    if (leg === root) return rootAt
    return places[
      graph.currents.findIndex(({ legs: mask, vertices }) => mask === 1 << leg && vertices.length === 0)
    ]
  })
  const everything = (1 << legs.length) - 1
  const configurations = configurationsOf(everything, helicities)
  const rest = everything & ~(1 << root)
  const rootPlaces = placesOf(everything, 1 << root, rootAt, helicities)
  const closing = graph.ends.map(({ current, structure }) => ({
    structure,
    kind: graph.currents[current].kind,
    places: placesOf(everything, rest, places[current], helicities),
  }))
  const structures = graph.structures.length
  const tensor: AmplitudeTensor = {
    ...{ helicities, structures },
    colourMatrix: colourMatrix(graph.structures),
    normalisation: averagingFactor(process),
    values: new Float64Array(2 * configurations * structures),
  }
  const momenta = new Float64Array(4 << legs.length)
  const incoming = process.incoming.length

  function setMomenta(p: Float64Array): void {
    for (let leg = 0; leg < legs.length; leg++) {
      const sign = leg < incoming ? 1 : -1
      for (let k = 0; k < 4; k++) momenta[4 * (1 << leg) + k] = sign * p[4 * leg + k]
    }
    for (let mask = 1; mask <= everything; mask++) {
      const low = mask & -mask
      if (mask === low) continue
      for (let k = 0; k < 4; k++) momenta[4 * mask + k] = momenta[4 * (mask ^ low) + k] + momenta[4 * low + k]
    }
  }

  function amplitudes(p: Float64Array): AmplitudeTensor {
    setMomenta(p)
    for (let leg = 0; leg < legs.length; leg++)
      for (let h = 0; h < helicities[leg]; h++) {
        const at = externals[leg] + width * h
        if (options.longitudinal === leg)
          for (let k = 0; k < 4; k++) {
            work[at + 2 * k] = p[4 * leg + k]
            work[at + 2 * k + 1] = 0
          }
        else externalWave(work, at, p, 4 * leg, legs[leg], leg < incoming, masses[leg], h)
      }
    for (const current of plan) evaluate(work, current, momenta)
    const { values } = tensor
    values.fill(0)
    for (const { structure, kind, places: at } of closing)
      for (let i = 0; i < configurations; i++) {
        const out = 2 * (i * structures + structure)
        if (kind === 'gluon') addContraction(work, at[i], rootPlaces[i], values, out)
        else if (kind === 'column') addProduct(work, rootPlaces[i], at[i], values, out)
        else addProduct(work, at[i], rootPlaces[i], values, out)
      }
    return tensor
  }

  return {
    process,
    method: 'recursion',
    strongPower: strongPower(process, graph),
    amplitudes,
    squaredMatrixElement: (p) => squaredTensor(amplitudes(p)),
  }
}

/** Wave function of one helicity: index 0 is -1 and 1 is +1 for fermions, linear polarisations for bosons. */
function externalWave(
  w: Float64Array,
  at: number,
  p: Float64Array,
  leg: number,
  particle: Particle,
  incoming: boolean,
  mass: number,
  index: number,
): void {
  const helicity = 2 * index - 1
  if (particle.kind === 'scalar') w[at] = 1
  else if (particle.kind === 'gluon' || particle.kind === 'vector') polarisation(w, at, p, leg, mass, index)
  else if (particle.anti) (incoming ? rowV : columnV)(w, at, p, leg, mass, helicity)
  else (incoming ? columnU : rowU)(w, at, p, leg, mass, helicity)
}

function evaluate(w: Float64Array, current: PlannedCurrent, momenta: Float64Array): void {
  const { at, configurations, vertices } = current
  w.fill(0, at, at + width * configurations)
  for (const { rule, left, right, a, b, c, pa, pb } of vertices)
    for (let i = 0; i < configurations; i++) {
      const out = at + width * i
      switch (rule) {
        case 'slash-column':
          addSlashColumn(w, a[i], b[i], out, left, right)
          break
        case 'row-slash':
          addRowSlash(w, a[i], b[i], out, left, right)
          break
        case 'current':
          addCurrent(w, a[i], b[i], out, left, right)
          break
        case 'bracket':
          addBracket(w, a[i], b[i], momenta, pa, pb, out, left)
          break
        case 'quartic':
          addQuartic(w, a[i], b[i], c[i], out, left)
          break
        case 'scalar-column':
          for (let k = 0; k < width; k++) w[out + k] += (k < width / 2 ? left : right) * w[b[i] + k]
          break
        case 'row-scalar':
          for (let k = 0; k < width; k++) w[out + k] += (k < width / 2 ? left : right) * w[a[i] + k]
      }
    }
  if (!current.amputated) propagate(w, current, momenta)
}

function propagate(w: Float64Array, current: PlannedCurrent, momenta: Float64Array): void {
  const { kind, field, at, configurations, momentum: p, mass } = current
  const square =
    momenta[p] ** 2 - momenta[p + 1] ** 2 - momenta[p + 2] ** 2 - momenta[p + 3] ** 2 - mass * mass
  const end = at + width * configurations
  if (kind === 'column')
    for (let k = at; k < end; k += width) propagateColumn(w, k, momenta, p, mass, 1 / square)
  else if (kind === 'row')
    for (let k = at; k < end; k += width) propagateRow(w, k, momenta, p, mass, 1 / square)
  else if (kind === 'gluon' || field === 'photon') for (let k = at; k < end; k++) w[k] /= square
  else if (propagates(field as BosonField))
    for (let k = at; k < end; k += width) propagateMassive(w, k, momenta, p, square, mass, current.width)
}

/** (J - P (P·J) / M²) / (P² - M² + i M Γ). */
function propagateMassive(
  w: Float64Array,
  at: number,
  momenta: Float64Array,
  p: number,
  square: number,
  mass: number,
  decayWidth: number,
): void {
  const imaginary = mass * decayWidth
  const norm = 1 / (square * square + imaginary * imaginary)
  const factorR = square * norm
  const factorI = -imaginary * norm
  let re = momenta[p] * w[at]
  let im = momenta[p] * w[at + 1]
  for (let k = 1; k < 4; k++) {
    re -= momenta[p + k] * w[at + 2 * k]
    im -= momenta[p + k] * w[at + 2 * k + 1]
  }
  for (let k = 0; k < 4; k++) {
    const x = w[at + 2 * k] - (momenta[p + k] * re) / (mass * mass)
    const y = w[at + 2 * k + 1] - (momenta[p + k] * im) / (mass * mass)
    w[at + 2 * k] = factorR * x - factorI * y
    w[at + 2 * k + 1] = factorR * y + factorI * x
  }
}

/** For each configuration of the legs in `mask`, where that of the subset `part` lies in memory. */
function placesOf(mask: number, part: number, at: number, helicities: readonly number[]): Int32Array {
  return configurationsWithin(mask, part, helicities).map((index) => at + width * index)
}
