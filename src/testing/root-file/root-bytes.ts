/** Bytes of a ROOT file as they are written, big-endian. */
export interface RootBytes {
  u8(value: number): RootBytes
  i16(value: number): RootBytes
  i32(value: number): RootBytes
  i64(value: number): RootBytes
  f32(value: number): RootBytes
  f64(value: number): RootBytes
  raw(bytes: Uint8Array): RootBytes
  /** A TString: its length in front, in one byte below 255. */
  text(value: string): RootBytes
  /** An object of a class whose version stands in front, with the count of its bytes. */
  object(version: number, write: (to: RootBytes) => void): RootBytes
  /** An object whose class is named, as behind a pointer; without a version where its class writes that by itself. */
  pointer(className: string, version: number | null, write: (to: RootBytes) => void): RootBytes
  readonly length: number
  bytes(): Uint8Array<ArrayBuffer>
}

const byteCount = 0x40000000
const newClass = 0xffffffff

export function createRootBytes(): RootBytes {
  const all: number[] = []
  const scratch = new DataView(new ArrayBuffer(8))
  const put = (count: number, set: (at: 0) => void) => {
    set(0)
    for (let i = 0; i < count; i++) all.push(scratch.getUint8(i))
    return to
  }
  const counted = (from: number) => {
    const rest = all.splice(from)
    return to.i32(byteCount | rest.length).raw(Uint8Array.from(rest))
  }
  const to: RootBytes = {
    u8: (value) => put(1, (at) => scratch.setUint8(at, value)),
    i16: (value) => put(2, (at) => scratch.setInt16(at, value)),
    i32: (value) => put(4, (at) => scratch.setInt32(at, value)),
    i64: (value) => put(8, (at) => scratch.setBigInt64(at, BigInt(value))),
    f32: (value) => put(4, (at) => scratch.setFloat32(at, value)),
    f64: (value) => put(8, (at) => scratch.setFloat64(at, value)),
    raw(bytes) {
      for (const byte of bytes) all.push(byte)
      return to
    },
    text(value) {
      const bytes = new TextEncoder().encode(value)
      return (bytes.length < 255 ? to.u8(bytes.length) : to.u8(255).i32(bytes.length)).raw(bytes)
    },
    object(version, write) {
      const from = all.length
      to.i16(version)
      write(to)
      return counted(from)
    },
    pointer(className, version, write) {
      const from = all.length
      to.i32(newClass).raw(new TextEncoder().encode(`${className}\0`))
      if (version === null) write(to)
      else to.object(version, write)
      return counted(from)
    },
    get length() {
      return all.length
    },
    bytes: () => Uint8Array.from(all),
  }
  return to
}
