import { AppError } from '../../errors.ts'
import { openSealed, sealBytes } from '../../numerics/sealed-bytes.ts'

const magic = 'theoryscape-plain-data-1\n'
const cure = 'Save or send the bundle again.'
/** Deeper than any result; a cycle would have no end. */
const mostLevels = 40

const arrays = { Float64Array, Float32Array, Int32Array, Uint32Array, Uint8Array } as const
type ArrayName = keyof typeof arrays
type NumberArray = InstanceType<(typeof arrays)[ArrayName]>

const isArrayName = (name: unknown): name is ArrayName =>
  typeof name === 'string' && Object.hasOwn(arrays, name)

/** Numbers that JSON has no word for. */
const odd = new Map([
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
  ['-0', -0],
])

/**
 * Plain data (objects, lists, text, numbers, typed arrays) as one file: JSON in which `{"$": …}` stands for a typed array or an odd
 * number, then the bytes of the arrays in their order, little-endian as every browser's machine has them. Equal data make equal bytes.
 *
 * @throws TypeError for what is no plain data
 */
export function packPlain(value: object): Promise<Uint8Array<ArrayBuffer>> {
  const body: Uint8Array[] = []

  function written(piece: unknown, level: number): unknown {
    if (level > mostLevels) throw new TypeError(`Plain data has at most ${mostLevels} levels.`)
    if (ArrayBuffer.isView(piece)) {
      const name = piece.constructor.name
      if (!isArrayName(name)) throw new TypeError(`A ${name} is no plain data.`)
      body.push(new Uint8Array(piece.buffer, piece.byteOffset, piece.byteLength))
      return { $: name, length: (piece as NumberArray).length }
    }
    if (typeof piece === 'number')
      return Number.isFinite(piece) && !Object.is(piece, -0)
        ? piece
        : { $: Object.is(piece, -0) ? '-0' : String(piece) }
    if (Array.isArray(piece)) return piece.map((entry) => written(entry, level + 1))
    if (piece === null || typeof piece === 'string' || typeof piece === 'boolean') return piece
    if (typeof piece !== 'object') throw new TypeError(`A ${typeof piece} is no plain data.`)
    const entries = Object.entries(piece).filter(([, entry]) => entry !== undefined)
    if (entries.some(([name]) => name === '$')) throw new TypeError('Plain data has no field "$".')
    return Object.fromEntries(entries.map(([name, entry]) => [name, written(entry, level + 1)]))
  }

  return sealBytes(magic, written(value, 0), body)
}

/**
 * What was packed; its shape is still to be checked by a schema.
 *
 * @throws AppError 'share/invalid' where bytes are missing, altered or of another format
 */
export async function unpackPlain(bytes: Uint8Array): Promise<unknown> {
  const { header, body } = await openSealed(magic, bytes, { code: 'share/invalid', cure })
  let at = 0
  const wrong = (what: string) => new AppError('share/invalid', `The file is damaged: ${what}. ${cure}`)

  function array(name: ArrayName, length: unknown): NumberArray {
    const size = arrays[name].BYTES_PER_ELEMENT
    const end = at + Number(length) * size
    if (!Number.isInteger(length) || Number(length) < 0 || end > body.length)
      throw wrong(`an array of ${String(length)} numbers is beyond its ${body.length} bytes`)
    const made = new arrays[name](body.slice(at, end).buffer)
    at = end
    return made
  }

  function read(piece: unknown, level: number): unknown {
    if (level > mostLevels) throw wrong(`its data are nested more than ${mostLevels} deep`)
    if (Array.isArray(piece)) return piece.map((entry) => read(entry, level + 1))
    if (typeof piece !== 'object' || piece === null) return piece
    const { $: name, length } = piece as { $?: unknown; length?: unknown }
    if (name === undefined)
      return Object.fromEntries(Object.entries(piece).map(([key, entry]) => [key, read(entry, level + 1)]))
    if (isArrayName(name)) return array(name, length)
    const number = typeof name === 'string' ? odd.get(name) : undefined
    if (number === undefined) throw wrong('it holds arrays of a kind that there is not')
    return number
  }

  return read(header, 0)
}
