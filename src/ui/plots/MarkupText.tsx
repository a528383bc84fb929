import { markupLines, type TextRun } from './markup.ts'

interface MarkupTextProps {
  markup: string
  x: number // px
  y: number // px, baseline of the first line
  size: number // px
  colour: string
  anchor?: 'start' | 'middle' | 'end'
  transform?: string
}

/** Parts of the size, as plotly sets them: an exported figure reads like the one on the screen. */
const lineHeight = 1.3
const scriptSize = 0.7
const scriptShift = { sub: 0.21, sup: -0.42 }

/** Text of a figure in SVG, with italics, sub- and superscripts, and lines. */
export function MarkupText({ markup, x, y, size, colour, anchor = 'start', transform }: MarkupTextProps) {
  return (
    <text x={x} y={y} fontSize={size} fill={colour} textAnchor={anchor} transform={transform}>
      {markupLines(markup).map((runs, line) => (
        <tspan key={line} x={x} y={y + line * lineHeight * size}>
          {runs.map((run, k) => (
            <tspan
              key={k}
              dy={shiftBefore(runs, k) * size || undefined}
              fontSize={run.script && scriptSize * size}
              fontStyle={run.italic && 'italic'}
              fontWeight={run.bold && 'bold'}
              fill={run.colour}
            >
              {run.text}
            </tspan>
          ))}
        </tspan>
      ))}
    </text>
  )
}

const shiftOf = (run: TextRun | undefined) => (run?.script ? scriptShift[run.script] : 0)
/** dy adds up along a line: a script moves away from its forerunner, and what follows moves back. */
const shiftBefore = (runs: readonly TextRun[], k: number) => shiftOf(runs[k]) - shiftOf(runs[k - 1])

/** The same text in HTML, a block for each line. */
export function MarkupBlock({ markup }: { markup: string }) {
  return markupLines(markup).map((runs, line) => (
    <div key={line}>
      {runs.map((run, k) => {
        const Tag = run.script ?? (run.italic ? 'i' : run.bold ? 'b' : 'span')
        return (
          <Tag key={k} style={{ color: run.colour, fontStyle: run.italic && 'italic' }}>
            {run.text}
          </Tag>
        )
      })}
    </div>
  ))
}
