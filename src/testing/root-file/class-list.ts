import { classTables } from './class-tables.ts'
import type { RootBytes } from './root-bytes.ts'

/** TObject: identity and bits. */
export const object = (to: RootBytes) => to.i16(1).i32(0).i32(0x3000000)
export const named = (to: RootBytes, name: string, title = '') =>
  to.object(1, (own) => object(own).text(name).text(title))

export function objArray(to: RootBytes, items: readonly ((to: RootBytes) => void)[]): RootBytes {
  return to.object(3, (own) => {
    object(own).text('').i32(items.length).i32(0)
    for (const write of items) write(own)
  })
}

const elementClass = {
  base: 'TStreamerBase',
  basic: 'TStreamerBasicType',
  array: 'TStreamerBasicPointer',
  object: 'TStreamerObject',
  any: 'TStreamerObjectAny',
  pointer: 'TStreamerObjectPointer',
  string: 'TStreamerString',
} as const
type ElementKind = keyof typeof elementClass

function element(to: RootBytes, line: string): void {
  const [kind, name, ...rest] = line.split(' ') as [ElementKind, ...string[]]
  const [type, code, size] = kind === 'base' ? ['BASE', rest[0], '0'] : rest
  to.pointer(elementClass[kind], kind === 'base' ? 3 : 2, (own) => {
    own.object(4, (common) => {
      named(common, name).i32(Number(code)).i32(Number(size)).i32(0).i32(0)
      for (let k = 0; k < 5; k++) common.i32(0)
      common.text(type.replace('_int', ' int'))
    })
    if (kind === 'base') own.i32(Number(rest[1]))
    if (kind === 'array') own.i32(Number(rest[5])).text(rest[3]).text(rest[4])
  })
}

/** The list of TStreamerInfo of a file: how the classes of its trees are streamed. */
export function writeClassList(to: RootBytes): void {
  to.object(5, (list) => {
    object(list).text('').i32(classTables.length)
    for (const { name, version, checksum, members } of classTables) {
      list.pointer('TStreamerInfo', 9, (info) => {
        named(info, name)
          .i32(checksum | 0)
          .i32(version)
        info.pointer('TObjArray', 3, (array) => {
          object(array).text('').i32(members.length).i32(0)
          for (const line of members) element(array, line)
        })
      })
      list.u8(0)
    }
  })
}
