import { createRng, shuffle } from '../../../../numerics/rng.ts'

/** Events of a class by what they are for; training stops early on the validation part, numbers are of the test part. */
export interface EventSplit {
  readonly training: Uint32Array
  readonly validation: Uint32Array
  readonly test: Uint32Array
}

export type SplitPart = keyof EventSplit
export const splitShares: Readonly<Record<SplitPart, number>> = {
  ...{ training: 0.7, validation: 0.15, test: 0.15 },
}

/** Events 0 to n - 1 in three parts of 70, 15 and 15 %, each in rising order; the same for equal seed, name and n. */
export function splitEvents(n: number, seed: number, name: string): EventSplit {
  const order = shuffle(
    Uint32Array.from({ length: n }, (_, i) => i),
    createRng(seed, `split/${name}`),
  )
  const from = Math.round(splitShares.training * n)
  const to = Math.round((splitShares.training + splitShares.validation) * n)
  return {
    training: order.slice(0, from).sort(),
    validation: order.slice(from, to).sort(),
    test: order.slice(to).sort(),
  }
}
