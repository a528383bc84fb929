import { readNumber } from '../../numerics/read-number.ts'

/** Symbols of objects: jet, b-jet, leptons by charge, photon. An object's type is its place here. */
export const symbols = ['j', 'b', 'e-', 'e+', 'm-', 'm+', 'g'] as const

/** One event of a Dark Machines file (arXiv:2105.14027, section 3), in GeV, objects in the order of the file. */
export interface DarkMachinesEvent {
  event: string
  process: string
  weight: number
  met: number
  metPhi: number
  count: number
  types: number[]
  energy: number[]
  pt: number[]
  eta: number[]
  phi: number[]
}

const mevPerGev = 1000
/** A line may be ended by a semicolon. */
const headFields = 5

/**
 * `event;process;weight;MET;METphi;symbol,E,pT,eta,phi;…` in MeV. Event and process may stand in either order: the
 * first one that is a whole number is that of the event.
 *
 * @returns what is wrong with it, in words that follow "line 7", where it is no event
 */
export function parseEventLine(line: string): DarkMachinesEvent | string {
  const fields = line.split(';')
  if (fields.length > headFields && fields[fields.length - 1].trim() === '') fields.pop()
  if (fields.length < headFields)
    return `has ${fields.length} fields, an event has at least ${headFields}: event;process;weight;MET;METphi`
  const [first, second] = fields.slice(0, 2).map((text) => text.trim())
  const swapped = !/^\d+$/.test(first) && /^\d+$/.test(second)
  const weight = numberIn(fields[2])
  if (weight === undefined || !Number.isFinite(weight))
    return `has the weight ${shown(fields[2])}, not a finite number`
  if (weight < 0)
    return `has the weight ${weight}, below 0: events are counted here, so take those with positive weights`
  const met = numberIn(fields[3])
  const metPhi = numberIn(fields[4])
  if (met === undefined || !(met >= 0 && met < Infinity))
    return `has the MET ${shown(fields[3])}, not a number from 0 on`
  if (metPhi === undefined || !Number.isFinite(metPhi))
    return `has the MET azimuth ${shown(fields[4])}, not a finite number`
  if (fields.length === headFields) return 'has no object'
  const parsed: DarkMachinesEvent = {
    ...{ event: swapped ? second : first, process: swapped ? first : second, weight, metPhi },
    ...{ met: met / mevPerGev, count: fields.length - headFields },
    ...{ types: [], energy: [], pt: [], eta: [], phi: [] },
  }
  for (let k = headFields; k < fields.length; k++) {
    const fault = readObject(fields[k], parsed)
    if (fault !== undefined) return `has ${fault} in object ${k - headFields + 1}`
  }
  return parsed
}

function readObject(field: string, event: DarkMachinesEvent): string | undefined {
  const parts = field.split(',')
  if (parts.length !== 5) return `${parts.length} entries instead of symbol,E,pT,eta,phi`
  const type = symbols.indexOf(parts[0].trim() as (typeof symbols)[number])
  if (type < 0) return `the unknown symbol ${shown(parts[0])} (known: ${symbols.join(' ')})`
  const energy = numberIn(parts[1]) ?? NaN
  const pt = numberIn(parts[2]) ?? NaN
  const eta = numberIn(parts[3]) ?? NaN
  const phi = numberIn(parts[4]) ?? NaN
  if (!(Number.isFinite(energy) && Number.isFinite(eta) && Number.isFinite(phi) && pt >= 0 && pt < Infinity))
    return `${shown(parts.slice(1).join(','))}, not four finite numbers with pT from 0 on,`
  event.types.push(type)
  event.energy.push(energy / mevPerGev)
  event.pt.push(pt / mevPerGev)
  event.eta.push(eta)
  event.phi.push(phi)
  return undefined
}

/** As readNumber, quicker for what most numbers look like. */
function numberIn(text: string): number | undefined {
  const value = Number(text)
  // Only digits, signs, points and exponents: Number also knows empty text and other bases.
  return Number.isFinite(value) && plain.test(text) ? value : readNumber(text.trim())
}

const plain = /^[-\d.e+]+$/

/** Of foreign text no more than fits in a sentence. */
function shown(text: string): string {
  return `"${text.length > 40 ? `${text.slice(0, 40)}…` : text}"`
}

/** What a line is made of: GeV, objects in the order in which they are to stand. */
export interface EventToWrite {
  count: number
  types: ArrayLike<number>
  energy: ArrayLike<number>
  pt: ArrayLike<number>
  eta: ArrayLike<number>
  phi: ArrayLike<number>
  met: number
  metPhi: number
}

/** A line with its end, six digits a number as in the files of the challenge. */
export function eventLine(id: number, process: string, weight: number, event: EventToWrite): string {
  const { count, types, energy, pt, eta, phi, met, metPhi } = event
  let line = `${id};${process};${digits(weight)};${digits(mevPerGev * met)};${digits(metPhi)};`
  for (let i = 0; i < count; i++)
    line += `${symbols[types[i]]},${digits(mevPerGev * energy[i])},${digits(mevPerGev * pt[i])},${digits(eta[i])},${digits(phi[i])};`
  return `${line}\n`
}

const digits = (x: number): string => String(Number(x.toPrecision(6)))
