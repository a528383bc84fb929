/** Parquet's own structures go seven deep. */
const deepest = 12
/** Parquet's own structures have up to 15 fields. */
const largestField = 64
/** A varint of 64 bits. */
const longestVarint = 10

/** Bytes that a number of these types of the compact protocol takes; 0 for true and false of a field. */
const fixed: Readonly<Record<number, number>> = { 1: 0, 2: 0, 3: 1, 7: 8 }
const [stop, binary, list, struct] = [0, 8, 9, 12]
const varints = [4, 5, 6]

/**
 * Walks a structure of Thrift's compact protocol without keeping anything. hyparquet makes room for as many entries as a list
 * announces, and calls itself for each level: a damaged or hostile description could ask for gigabytes.
 *
 * @param corrupt  makes the error out of what is wrong
 * @throws         what `corrupt` makes, where a structure is deeper, wider or longer than Parquet's can be
 */
export function checkThrift(view: DataView, from: number, corrupt: (what: string) => Error): void {
  let at = from

  function left(): number {
    return view.byteLength - at
  }

  function step(bytes: number): void {
    if (bytes > left()) throw corrupt(`${bytes} bytes of a value are announced where ${left()} are left`)
    at += bytes
  }

  function byte(): number {
    step(1)
    return view.getUint8(at - 1)
  }

  function varint(): number {
    let value = 0
    for (let k = 0; k < longestVarint; k++) {
      const next = byte()
      value += (next & 0x7f) * 2 ** (7 * k)
      if (next < 0x80) return value
    }
    throw corrupt(`a number has more than ${longestVarint} bytes`)
  }

  function value(type: number, depth: number): void {
    if (depth > deepest) throw corrupt(`its structures are nested more than ${deepest} deep`)
    if (Object.hasOwn(fixed, type)) step(fixed[type])
    else if (varints.includes(type)) varint()
    else if (type === binary) step(varint())
    else if (type === list) entries(depth)
    else if (type === struct) fields(depth)
    else throw corrupt(`a value is of type ${type}, which it cannot have`)
  }

  function entries(depth: number): void {
    const head = byte()
    const count = head >> 4 === 15 ? varint() : head >> 4
    if (count > left())
      throw corrupt(`${count} entries of a list are announced where ${left()} bytes are left`)
    const type = head & 0x0f
    // In a list, true and false take a byte.
    for (let k = 0; k < count; k++) value(type === 1 || type === 2 ? 3 : type, depth + 1)
  }

  function fields(depth: number): void {
    let field = 0
    for (let head = byte(); (head & 0x0f) !== stop; head = byte()) {
      const zigzag = head >> 4 === 0 ? varint() : null
      field = zigzag === null ? field + (head >> 4) : zigzag / 2
      if (!(Number.isInteger(field) && field <= largestField))
        throw corrupt(`a field has number ${field}, at most ${largestField} are known`)
      value(head & 0x0f, depth + 1)
    }
  }

  fields(0)
}
