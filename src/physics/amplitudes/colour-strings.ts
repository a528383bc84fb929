// Colour as strings of generators T with tr(T_a T_b) = δ_ab. A quark line is closed: <row| T_a T_b … |column>,
// between two external legs; gluons alone close as a trace. The colour of a current is a product of closed strings
// and one open end. An internal gluon between two lines is E - 1/3: by Σ_a T_ij T_kl = δ_il δ_kj - δ_ij δ_kl / 3
// (Fierz) it ties the ends together (ketBra), less a third of the unit matrix.

/** <row| word |column>, or with no ends the trace of the word (started at its smallest leg). */
export interface ClosedString {
  row?: number
  column?: number
  word: readonly number[]
}

export type OpenColour =
  | { end: 'none' }
  | { end: 'ket'; word: readonly number[]; column: number }
  | { end: 'bra'; row: number; word: readonly number[] }
  | { end: 'word'; word: readonly number[] }
  | {
      end: 'ketBra'
      ketWord: readonly number[]
      column: number
      row: number
      braWord: readonly number[]
    }
  | { end: 'unit' }

export interface Colour {
  open: OpenColour
  closed: readonly ClosedString[]
}

const closedKey = ({ row, column, word }: ClosedString): string =>
  `<${row ?? 'tr'}|${word.join()}|${column ?? ''}>`

/** Equal for equal colours. */
export function colourKey({ open, closed }: Colour): string {
  return `${JSON.stringify(open)}${closedSetKey(closed)}`
}

export function closedSetKey(closed: readonly ClosedString[]): string {
  return closed.map(closedKey).sort().join('')
}

function joined(open: OpenColour, ...closed: readonly (readonly ClosedString[])[]): Colour {
  return { open, closed: closed.flat() }
}

/** Matrix of a gluon current times the ket of a column. Undefined where the ends do not fit. */
export function gluonTimesKet(gluon: Colour, column: Colour): Colour | undefined {
  const g = gluon.open
  const k = column.open
  if (k.end !== 'ket') return undefined
  if (g.end === 'unit') return joined(k, gluon.closed, column.closed)
  if (g.end === 'word') return joined({ ...k, word: [...g.word, ...k.word] }, gluon.closed, column.closed)
  if (g.end !== 'ketBra') return undefined
  const tied = { row: g.row, word: [...g.braWord, ...k.word], column: k.column }
  return joined({ end: 'ket', word: g.ketWord, column: g.column }, gluon.closed, column.closed, [tied])
}

/** Bra of a row times the matrix of a gluon current. */
export function braTimesGluon(row: Colour, gluon: Colour): Colour | undefined {
  const b = row.open
  const g = gluon.open
  if (b.end !== 'bra') return undefined
  if (g.end === 'unit') return joined(b, row.closed, gluon.closed)
  if (g.end === 'word') return joined({ ...b, word: [...b.word, ...g.word] }, row.closed, gluon.closed)
  if (g.end !== 'ketBra') return undefined
  const tied = { row: b.row, word: [...b.word, ...g.ketWord], column: g.column }
  return joined({ end: 'bra', row: g.row, word: g.braWord }, row.closed, gluon.closed, [tied])
}

/** Product of the matrices of gluon currents, in this order; unit matrices drop out of commutators. */
export function gluonTimesGluon(first: Colour, second: Colour): Colour | undefined {
  const a = first.open
  const b = second.open
  const closed = [first.closed, second.closed]
  if (a.end === 'word' && b.end === 'word')
    return joined({ end: 'word', word: [...a.word, ...b.word] }, ...closed)
  if (a.end === 'word' && b.end === 'ketBra')
    return joined({ ...b, ketWord: [...a.word, ...b.ketWord] }, ...closed)
  if (a.end === 'ketBra' && b.end === 'word')
    return joined({ ...a, braWord: [...a.braWord, ...b.word] }, ...closed)
  if (a.end !== 'ketBra' || b.end !== 'ketBra') return undefined
  const tied = { row: a.row, word: [...a.braWord, ...b.ketWord], column: b.column }
  const open = { ...a, row: b.row, braWord: b.braWord }
  return joined(open, ...closed, [tied])
}

/** A row and a column as the octet they form, and (factor -1/3) as the unit matrix with the line closed. */
export function octetOf(row: Colour, column: Colour): { colour: Colour; factor: number }[] {
  const b = row.open
  const k = column.open
  if (b.end !== 'bra' || k.end !== 'ket') return []
  const open = {
    end: 'ketBra' as const,
    ketWord: k.word,
    column: k.column,
    row: b.row,
    braWord: b.word,
  }
  return [
    { colour: joined(open, row.closed, column.closed), factor: 1 },
    { colour: joined({ end: 'unit' }, singletOf(row, column)?.closed ?? []), factor: -1 / 3 },
  ]
}

/** A row and a column closed into a colour singlet; leptons have no colour to close. */
export function singletOf(row: Colour, column: Colour): Colour | undefined {
  const b = row.open
  const k = column.open
  if (b.end === 'none' && k.end === 'none') return joined(b, row.closed, column.closed)
  if (b.end !== 'bra' || k.end !== 'ket') return undefined
  const tied = { row: b.row, word: [...b.word, ...k.word], column: k.column }
  return joined({ end: 'none' }, row.closed, column.closed, [tied])
}

/** A gluon current contracted with the external gluon `leg`. */
export function closedByGluon(gluon: Colour, leg: number): readonly ClosedString[] | undefined {
  const g = gluon.open
  if (g.end === 'ketBra')
    return [...gluon.closed, { row: g.row, word: [...g.braWord, leg, ...g.ketWord], column: g.column }]
  return g.end === 'word' ? [...gluon.closed, { word: [...g.word, leg] }] : undefined
}
