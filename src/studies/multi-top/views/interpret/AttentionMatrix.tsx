import { formatPercent } from '../../../../ui/common/format.ts'
import { SelectField } from '../../../../ui/common/SelectField.tsx'
import type { HiddenEvent } from '../../analysis/interpret/hidden-event.ts'
import type { MapEvents } from '../../analysis/map/map-events.ts'
import { filledSlots } from './filled-slots.ts'

interface AttentionMatrixProps {
  events: Pick<MapEvents, 'filled' | 'tokens'>
  answer: HiddenEvent
  /** Block by block, head by head. */
  head: number
  onHead: (head: number) => void
}

const cell = 20
const left = 74
const top = 74

/** What each object of an event looks at in one head; a square is as dark as its share. */
export function AttentionMatrix({ events, answer, head, onHead }: AttentionMatrixProps) {
  const { attention, blocks, heads, objects } = answer
  const { filled, tokens } = events
  const shown = [
    ...filledSlots(filled.subarray(answer.event * tokens, (answer.event + 1) * tokens)),
    { slot: objects - 1, name: 'event' },
  ]
  const share = (from: number, to: number): number => attention[(head * objects + from) * objects + to]
  const labels = Object.fromEntries(
    Array.from({ length: blocks * heads }, (_, k) => [
      `${k}`,
      `block ${Math.floor(k / heads) + 1}, head ${(k % heads) + 1}`,
    ]),
  )
  const side = cell * shown.length
  const most = Math.max(...shown.flatMap(({ slot }) => shown.map((other) => share(slot, other.slot))))
  const inEmpty = shown.map(({ slot }) => 1 - shown.reduce((sum, other) => sum + share(slot, other.slot), 0))
  const mean = inEmpty.reduce((sum, value) => sum + value, 0) / shown.length
  return (
    <div className="stack">
      <SelectField
        {...{ label: 'head', value: `${head}`, labels }}
        onChange={(value) => onHead(Number(value))}
      />
      <svg
        className="attention"
        // Few objects make a small picture, not a coarse one.
        style={{ maxInlineSize: `${1.5 * (left + side + 2)}px` }}
        viewBox={`0 0 ${left + side + 2} ${top + side + 2}`}
        role="img"
        aria-label={`Attention of ${labels[head]}: rows look at columns. ${shown
          .map(({ slot, name }) => {
            const best = shown.reduce((a, b) => (share(slot, b.slot) > share(slot, a.slot) ? b : a))
            return `${name} most at ${best.name}, ${formatPercent(share(slot, best.slot), 2)}`
          })
          .join('; ')}`}
      >
        {shown.map(({ slot, name }, i) => (
          <g key={slot}>
            <text x={left - 5} y={top + cell * (i + 0.5)} className="attention-row">
              {name}
            </text>
            <text
              transform={`translate(${left + cell * (i + 0.5)} ${top - 5}) rotate(-90)`}
              className="attention-column"
            >
              {name}
            </text>
            {shown.map((other, j) => (
              <rect
                key={other.slot}
                {...{ x: left + cell * j, y: top + cell * i, width: cell - 1, height: cell - 1 }}
                className="attention-cell"
                fillOpacity={share(slot, other.slot) / most}
              >
                <title>{`${name} looks at ${other.name}: ${formatPercent(share(slot, other.slot), 2)}`}</title>
              </rect>
            ))}
          </g>
        ))}
      </svg>
      <p className="small soft">
        Rows look at columns; each square is a share of the row&apos;s attention, the darkest{' '}
        {formatPercent(most, 2)}. Empty slots, not drawn, have {formatPercent(mean, 2)} of it on average.
        Attention shows where numbers are taken from, not why an answer comes out.
      </p>
    </div>
  )
}
