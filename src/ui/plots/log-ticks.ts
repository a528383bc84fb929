export interface AxisTicks {
  tickvals: number[]
  ticktext: string[]
  minor: number[]
}

const minus = '−'

function decadeLabel(power: number): string {
  if (power === 0) return '1'
  if (power === 1) return '10'
  return `10<sup>${power < 0 ? minus : ''}${Math.abs(power)}</sup>`
}

/** Decades as powers of ten, thinned to at most `most` labels; unit marks of every decade as minor ticks. */
export function decadeTicks([low, high]: [number, number], most: number): AxisTicks {
  const first = Math.ceil(Math.log10(low) - 1e-9)
  const last = Math.floor(Math.log10(high) + 1e-9)
  const step = Math.max(1, Math.ceil((last - first + 1) / most))
  const tickvals: number[] = []
  const minor: number[] = []
  for (let power = first - 1; power <= last; power++) {
    for (let digit = 1; digit < 10; digit++) {
      const value = digit * 10 ** power
      if (value < low * (1 - 1e-9) || value > high * (1 + 1e-9)) continue
      if (digit === 1 && power % step === 0) tickvals.push(value)
      // With thinned decades only whole decades stay as minor ticks: nine more each would be a grey smear.
      else if (step === 1 || digit === 1) minor.push(value)
    }
  }
  return { tickvals, ticktext: tickvals.map((value) => decadeLabel(Math.round(Math.log10(value)))), minor }
}

/** Labels at 1, 2, 5 (also 3 and 7 where there is room) of each decade in plain GeV: 50, 100, 200, 500, 1000. */
export function plainLogTicks([low, high]: [number, number], most: number): AxisTicks {
  const inside = (digits: number[]) => {
    const values: number[] = []
    for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power++)
      for (const digit of digits) {
        const value = digit * 10 ** power
        if (value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9)) values.push(value)
      }
    return values
  }
  const choices = [[1, 2, 3, 5, 7], [1, 2, 5], [1, 3], [1]]
  const digits = choices.find((choice) => inside(choice).length <= most) ?? [1]
  const tickvals = inside(digits)
  return {
    tickvals,
    ticktext: tickvals.map((value) => String(Number(value.toPrecision(3)))),
    minor: inside([1, 2, 3, 4, 5, 6, 7, 8, 9]).filter((value) => !tickvals.includes(value)),
  }
}
