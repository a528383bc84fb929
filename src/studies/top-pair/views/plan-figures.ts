import { planSeconds, type PlanCost } from '../analysis/plan/plan-cost.ts'
import type { FigureTheme } from '../../../ui/plots/figure-theme.ts'
import { decadeTicks } from '../../../ui/plots/log-ticks.ts'
import { petroff6 } from '../../../ui/plots/palettes.ts'
import { cornerLegend, endTitles, frameAxis, frameLayout } from '../../../ui/plots/plot-frame.ts'
import type { PlotlyFigureSpec, PlotlyJson } from '../../../ui/plots/plotly.ts'

/** All networks of n_eft operators, by one and by two processes at a time. */
export interface MeasuredScaling {
  operators: number
  networks: number
  /** Of all processes together [s]. */
  processor: readonly [one: number, two: number]
  /** Until the last has ended [s], with whatever else the machine did. */
  clock: readonly [one: number, two: number]
}

/** Processors that the law is drawn for, beyond those measured. */
const modelled = [1, 2, 16, 128]
const names = ['1 process', '2 processes']

/** What the clock shows where nobody else computes. */
const idleSeconds = ({ processor }: MeasuredScaling, processes: number) =>
  processor[processes - 1] / processes

/** Rising in even steps of the logarithm, every whole number at the lower end. */
export function processorGrid(most: number): number[] {
  const steps = Math.ceil(20 * Math.log10(most))
  return [...new Set(Array.from({ length: steps + 1 }, (_, k) => Math.round(most ** (k / steps))))]
}

function logAxis(theme: FigureTheme, low: number, high: number): PlotlyJson {
  const { tickvals, ticktext, minor } = decadeTicks([low, high], 6)
  return frameAxis(theme, {
    ...{ type: 'log', range: [Math.log10(low), Math.log10(high)], tickvals, ticktext },
    minor: { ticks: 'inside', ticklen: 3, tickcolor: theme.ink, tickvals: minor, showgrid: false },
  })
}

/**
 * Seconds for all networks of n_eft operators: points for measured processor time ÷ processes, lines of the model n_networks(n_eft) × (time of one) / n_proc.
 *
 * @param networks  how many there are for n_eft = 1, 2, ...
 */
export function scalingFigure(
  measured: readonly MeasuredScaling[],
  networks: readonly number[],
  theme: FigureTheme,
): PlotlyFigureSpec {
  const seconds = timeOfOne(measured)
  const x = networks.map((_, k) => k + 1)
  const curve = (processors: number) => networks.map((jobs) => planSeconds({ jobs, seconds }, processors))
  const all = [
    ...modelled.flatMap(curve),
    ...measured.flatMap((row) => [idleSeconds(row, 1), idleSeconds(row, 2)]),
  ]
  const [low, high] = [0.6 * Math.min(...all), 5 * Math.max(...all)]
  return {
    data: [
      ...modelled.map((processors, k): PlotlyJson => ({
        name: `model, ${processors}`,
        ...{ x, y: curve(processors), mode: 'lines', showlegend: false },
        line: { color: k < 2 ? petroff6[k] : theme.ink, width: 1.25, dash: 'dash' },
        hovertemplate: `n_eft = %{x}: %{y:.3g} s<extra>model, ${processors} processors</extra>`,
      })),
      ...names.map((name, k): PlotlyJson => ({
        ...{ name: `${name}, measured`, mode: 'markers' },
        x: measured.map(({ operators }) => operators),
        y: measured.map((row) => idleSeconds(row, k + 1)),
        marker: { size: 9, color: petroff6[k], symbol: k === 0 ? 'circle' : 'square' },
        hovertemplate: `n_eft = %{x}: %{y:.3g} s<extra>${name}</extra>`,
      })),
    ],
    layout: frameLayout(theme, {
      showlegend: true,
      legend: cornerLegend({ x: 0.02, xanchor: 'left' }),
      margin: { l: 58, r: 40, t: 12, b: 46, pad: 0 },
      xaxis: frameAxis(theme, { range: [0.5, networks.length + 0.5], nticks: 8 }),
      yaxis: logAxis(theme, low, high),
      annotations: [
        ...endTitles(theme, 'operators n<sub>eft</sub>', 'all networks [s]', -40),
        ...modelled.map((processors) => ({
          ...{ text: `÷ ${processors}`, showarrow: false, xref: 'paper', x: 1, xanchor: 'left', xshift: 4 },
          ...{ yref: 'y', y: Math.log10(curve(processors).at(-1)!), font: { size: 11, color: theme.ink } },
        })),
      ],
    }),
  }
}

/** Mean processor time of a network by one process [s]: what the model divides. */
export function timeOfOne(measured: readonly MeasuredScaling[]): number {
  const total = measured.reduce((sum, { processor }) => sum + processor[0], 0)
  return total / measured.reduce((sum, { networks }) => sum + networks, 0)
}

/** Plans of the same networks, each under its name. */
export interface NamedCost extends PlanCost {
  name: string
}

/** Hours of plans against the number of processors: a model, with the numbers at decades. */
export function planHoursFigure(costs: readonly NamedCost[], theme: FigureTheme): PlotlyFigureSpec {
  const most = 10 ** Math.max(1, Math.ceil(Math.log10(Math.max(...costs.map(({ jobs }) => jobs)))))
  const x = processorGrid(most)
  const decades = Array.from({ length: Math.round(Math.log10(most)) + 1 }, (_, k) => 10 ** k)
  const all = costs.flatMap((cost) => [1, most].map((n) => planSeconds(cost, n) / 3600))
  return {
    data: costs.flatMap((cost, k): PlotlyJson[] => {
      const hours = (processors: number) => planSeconds(cost, processors) / 3600
      // Beyond one processor for each job the number stays.
      const marks = decades.filter((_, i) => i === 0 || decades[i - 1] < cost.jobs)
      return [
        {
          ...{ name: cost.name, x, y: x.map(hours), mode: 'lines' },
          line: { color: petroff6[k], width: 2, dash: 'dash' },
          hovertemplate: `%{x} processors: %{y:.3g} h<extra>${cost.name}, model</extra>`,
        },
        {
          ...{ name: `${cost.name}, decades`, x: marks, y: marks.map(hours), mode: 'markers+text' },
          ...{ text: marks.map((n) => hoursText(hours(n))), textposition: 'top right', showlegend: false },
          marker: { size: 7, color: petroff6[k] },
          hoverinfo: 'skip',
        },
      ]
    }),
    layout: frameLayout(theme, {
      showlegend: true,
      legend: cornerLegend(),
      margin: { l: 58, r: 24, t: 12, b: 46, pad: 0 },
      xaxis: logAxis(theme, 0.7, 2 * most),
      yaxis: logAxis(theme, 0.3 * Math.min(...all), 12 * Math.max(...all)),
      annotations: endTitles(theme, 'processors', 'all networks [h]', -40),
    }),
  }
}

/** Seconds, minutes or hours, whichever is read at a glance. */
export function hoursText(hours: number): string {
  const [value, unit] = hours < 1 / 60 ? [3600 * hours, 's'] : hours < 1 ? [60 * hours, 'min'] : [hours, 'h']
  return `${Number(value.toPrecision(2))} ${unit}`
}
