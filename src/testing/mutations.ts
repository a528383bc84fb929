import type { Rng } from '../numerics/rng.ts'

/** Ways in which files are damaged on their way, or meant to do harm. */
export const mutationKinds = ['flip', 'cut', 'repeat', 'swap'] as const
export type MutationKind = (typeof mutationKinds)[number]

/** Numbers that readers fall over. */
const extremes = ['0', '-1', '1e308', '1e999', 'nan', '9007199254740993', '4294967296', '1D99', '0.1-300', '']
const numeral = /[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g
const longestRepeat = 80

/** A copy with one damage: some bytes flipped, the end cut off, a piece repeated, or two numbers exchanged. */
export function mutate(bytes: Uint8Array, kind: MutationKind, rng: Rng): Uint8Array<ArrayBuffer> {
  const at = rng.integer(bytes.length)
  if (kind === 'cut') return bytes.slice(0, at)
  if (kind === 'repeat') {
    const end = Math.min(bytes.length, at + 1 + rng.integer(longestRepeat))
    return new Uint8Array([...bytes.subarray(0, end), ...bytes.subarray(at, end), ...bytes.subarray(end)])
  }
  if (kind === 'flip') {
    const copy = bytes.slice()
    for (let times = 1 + rng.integer(3); times > 0; times--) {
      const place = rng.integer(copy.length)
      copy[place] = rng.integer(2) ? copy[place] ^ (1 << rng.integer(8)) : rng.integer(256)
    }
    return copy
  }
  return swapped(bytes, rng)
}

/** One number of a text in the place of another, or an extreme one; words of four bytes where there are no two numbers. */
function swapped(bytes: Uint8Array, rng: Rng): Uint8Array<ArrayBuffer> {
  const text = Buffer.from(bytes).toString('latin1')
  const found = [...text.matchAll(numeral)]
  if (found.length < 2) {
    const copy = bytes.slice()
    const words = Math.max(1, Math.floor(bytes.length / 4))
    copy.copyWithin(4 * rng.integer(words), 4 * rng.integer(words), 4 * rng.integer(words))
    return copy
  }
  const one = found[rng.integer(found.length)]
  const other = rng.integer(2) ? found[rng.integer(found.length)][0] : extremes[rng.integer(extremes.length)]
  return new Uint8Array(
    Buffer.from(text.slice(0, one.index) + other + text.slice(one.index + one[0].length), 'latin1'),
  )
}
