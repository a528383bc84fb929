import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus'

/**
 * A seeded stream of random numbers. `split(name)` derives an independent, named stream that depends only on
 * the root seed and the path of names, never on how many numbers were drawn before: work that is divided
 * among workers by stream gives the same sum for any number of workers.
 */
export interface Rng {
  /** Uniform in [0, 1), 53 random bits. */
  uniform(): number
  /** Standard normal. */
  normal(): number
  /** Uniform integer in [0, n). */
  integer(n: number): number
  split(name: string | number): Rng
}

/** FNV-1a over the path from a salted start, finished with a 32-bit avalanche so that neighbouring names differ in all bits. */
function hash(text: string, salt: number): number {
  let h = 0x811c9dc5 ^ salt
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) | 0
}

// Four salts fill the 128-bit state: a million named streams stay distinct, which 32 bits would not give.
const salts = [0, 0x9e3779b9, 0x3c6ef372, 0xdaa66d2b]

const twoToMinus53 = 2 ** -53

/** @param seed any safe integer. Generator: xoroshiro128+ (Blackman, Vigna 2018) from pure-rand. */
export function createRng(seed: number, path = ''): Rng {
  const name = `${seed}/${path}`
  const generator = xoroshiro128plusFromState(salts.map((salt) => hash(name, salt)))
  let spare = Number.NaN

  function uniform(): number {
    const high = generator.next() >>> 5
    const low = generator.next() >>> 6
    return (high * 67108864 + low) * twoToMinus53
  }

  // Marsaglia's polar method: two normals per accepted pair, no trigonometric call.
  function normal(): number {
    if (!Number.isNaN(spare)) {
      const value = spare
      spare = Number.NaN
      return value
    }
    for (;;) {
      const u = 2 * uniform() - 1
      const v = 2 * uniform() - 1
      const s = u * u + v * v
      if (s > 0 && s < 1) {
        const scale = Math.sqrt((-2 * Math.log(s)) / s)
        spare = v * scale
        return u * scale
      }
    }
  }

  return {
    uniform,
    normal,
    integer: (n) => Math.floor(uniform() * n),
    split: (name) => createRng(seed, `${path}/${name}`),
  }
}

/** Fisher-Yates shuffle in place. */
export function shuffle<T extends { length: number; [index: number]: unknown }>(values: T, rng: Rng): T {
  for (let i = values.length - 1; i > 0; i--) {
    const j = rng.integer(i + 1)
    const kept = values[i]
    values[i] = values[j]
    values[j] = kept
  }
  return values
}
