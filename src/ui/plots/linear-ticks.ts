import type { AxisTicks } from './log-ticks.ts'

/** Multiples of 1, 2 or 5 times a power of ten, at most `most` of them; five minor marks to each. */
export function linearTicks([low, high]: [number, number], most: number): AxisTicks {
  const least = (high - low) / most
  const decade = 10 ** Math.floor(Math.log10(least))
  const step = decade * ([1, 2, 5].find((factor) => factor * decade >= least * (1 - 1e-9)) ?? 10)
  const at = (spacing: number) => {
    const values: number[] = []
    for (let k = Math.ceil(low / spacing - 1e-9); k * spacing <= high + 1e-9 * spacing; k++)
      values.push(Number((k * spacing).toPrecision(12)))
    return values
  }
  const tickvals = at(step)
  return {
    tickvals,
    ticktext: tickvals.map(String),
    minor: at(step / 5).filter((value) => !tickvals.includes(value)),
  }
}
