import type { StoredLeaf } from './stored-tree.ts'

/** How a number lies in a basket, big-endian, and what C++ calls it. */
export interface NumberType {
  name: string
  bytes: number
  read: (view: DataView, at: number) => number
}

const types = {
  bool: { bytes: 1, read: (view, at) => (view.getUint8(at) === 0 ? 0 : 1) },
  char: { bytes: 1, read: (view, at) => view.getInt8(at) },
  'unsigned char': { bytes: 1, read: (view, at) => view.getUint8(at) },
  short: { bytes: 2, read: (view, at) => view.getInt16(at) },
  'unsigned short': { bytes: 2, read: (view, at) => view.getUint16(at) },
  int: { bytes: 4, read: (view, at) => view.getInt32(at) },
  'unsigned int': { bytes: 4, read: (view, at) => view.getUint32(at) },
  long: { bytes: 8, read: (view, at) => Number(view.getBigInt64(at)) },
  'unsigned long': { bytes: 8, read: (view, at) => Number(view.getBigUint64(at)) },
  float: { bytes: 4, read: (view, at) => view.getFloat32(at) },
  double: { bytes: 8, read: (view, at) => view.getFloat64(at) },
} satisfies Record<string, Omit<NumberType, 'name'>>

type Name = keyof typeof types

const ofLeaf: Readonly<Record<string, readonly [signed: Name, unsigned: Name] | undefined>> = {
  TLeafO: ['bool', 'bool'],
  TLeafB: ['char', 'unsigned char'],
  TLeafS: ['short', 'unsigned short'],
  TLeafI: ['int', 'unsigned int'],
  TLeafL: ['long', 'unsigned long'],
  TLeafG: ['long', 'unsigned long'],
  TLeafF: ['float', 'float'],
  TLeafD: ['double', 'double'],
}

const typedefs: Readonly<Record<string, Name | undefined>> = {
  ...{
    Bool_t: 'bool',
    Char_t: 'char',
    UChar_t: 'unsigned char',
    Short_t: 'short',
    UShort_t: 'unsigned short',
  },
  ...{ Int_t: 'int', UInt_t: 'unsigned int', unsigned: 'unsigned int', Float_t: 'float', Double_t: 'double' },
  ...{ Long64_t: 'long', ULong64_t: 'unsigned long', 'long long': 'long' },
  'unsigned long long': 'unsigned long',
}

const named = (name: Name): NumberType => ({ name, ...types[name] })

/** The type of a leaf, undefined for text and for numbers of reduced precision. */
export function numberTypeOf({ _typename, fIsUnsigned }: StoredLeaf): NumberType | undefined {
  const pair = ofLeaf[_typename]
  return pair && named(pair[fIsUnsigned ? 1 : 0])
}

/** A type as C++ writes it. */
export function numberTypeNamed(name: string): NumberType | undefined {
  const known = typedefs[name] ?? (Object.keys(types) as Name[]).find((type) => type === name)
  return known && named(known)
}
