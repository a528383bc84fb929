import { linearTicks } from '../../../../ui/plots/linear-ticks.ts'
import { decadeTicks, plainLogTicks, type AxisTicks } from '../../../../ui/plots/log-ticks.ts'
import type { SpectrumAxes } from './axes.ts'

/** Ticks of the mass or momentum axis, of the cross-section and of the ratio. */
export function spectrumTicks({
  x,
  y,
  ratio,
  xScale,
  yScale,
  neutral,
}: SpectrumAxes): Record<'x' | 'y' | 'ratio', AxisTicks> {
  return {
    x: xScale === 'log' ? plainLogTicks(x, 6) : linearTicks(x, 6),
    y: yScale === 'log' ? decadeTicks(y, 8) : linearTicks(y, 6),
    ratio: ratioTicks(ratio, neutral),
  }
}

/** Labels at the neutral value and half-way to the edges, never at the edge itself, where the two panels' labels would touch. */
function ratioTicks([low, high]: [number, number], neutral: number): AxisTicks {
  const offset = ratioSteps.find((step) => step <= (high - neutral) * 0.67) ?? 0.001
  // Steps of 3 are cut in three, the others in five, so that minor ticks fall on round numbers.
  const cuts = String(offset).endsWith('3') ? 3 : 5
  const tickvals: number[] = []
  const minor: number[] = []
  const first = Math.ceil(((low - neutral) / offset) * cuts - 1e-9)
  for (let k = first; neutral + (k * offset) / cuts <= high + offset * 1e-9; k++) {
    const value = Number((neutral + (k * offset) / cuts).toFixed(4))
    const inside = value > low + offset * 0.1 && value < high - offset * 0.1
    if (k % cuts === 0 && inside) tickvals.push(value)
    else minor.push(value)
  }
  return { tickvals, ticktext: tickvals.map(String), minor }
}

const ratioSteps = [4, 2, 1, 0.5, 0.3, 0.2, 0.1, 0.05, 0.03, 0.01, 0.005, 0.003, 0.001]
