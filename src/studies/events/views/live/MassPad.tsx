import { useRef, type KeyboardEvent, type PointerEvent } from 'react'
import './live.css'

/** Axes of the pad [GeV]. */
export const padRange = { mass: [600, 2600], splitting: [20, 1500] } as const
const size = 220
/** Round the frame, for numbers and titles of the axes. */
const margin = { left: 62, right: 10, top: 8, bottom: 38 }
const ticks = { mass: [1000, 1500, 2000, 2500], splitting: [500, 1000, 1500] } as const
const [massLow, massHigh] = padRange.mass
const [splitLow, splitHigh] = padRange.splitting

interface Place {
  mGluino: number
  deltaM: number
}

interface MassPadProps extends Place {
  /** Models of the dataset, for the eye. */
  models: readonly Place[]
  onMove: (place: Place) => void
  onSettle: () => void
}

const at = ({ mGluino, deltaM }: Place): { cx: number; cy: number } => ({
  cx: (size * (mGluino - massLow)) / (massHigh - massLow),
  cy: size * (1 - (deltaM - splitLow) / (splitHigh - splitLow)),
})

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value))

/** Whole GeV within the pad; the neutralino has a mass of 1 GeV at least. */
export const onPad = ({ mGluino, deltaM }: Place): Place => {
  const mass = Math.round(clamp(mGluino, massLow, massHigh))
  return { mGluino: mass, deltaM: Math.round(clamp(deltaM, splitLow, Math.min(splitHigh, mass - 1))) }
}

/** Gluino mass across, Δm upwards: drag, or arrow keys (10 GeV, with Shift 100). */
export function MassPad({ mGluino, deltaM, models, onMove, onSettle }: MassPadProps) {
  const frame = useRef<SVGRectElement>(null)
  const dragging = useRef(false)

  function follow(event: PointerEvent): void {
    const box = frame.current?.getBoundingClientRect()
    if (!box || box.width === 0) return
    const across = (event.clientX - box.left) / box.width
    const up = 1 - (event.clientY - box.top) / box.height
    onMove(
      onPad({
        mGluino: massLow + across * (massHigh - massLow),
        deltaM: splitLow + up * (splitHigh - splitLow),
      }),
    )
  }

  function onKeyDown(event: KeyboardEvent): void {
    const step = event.shiftKey ? 100 : 10
    const moves: Record<string, [number, number]> = {
      ...{ ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowDown: [0, -step], ArrowUp: [0, step] },
    }
    const move = moves[event.key]
    if (!move) return
    event.preventDefault()
    onMove(onPad({ mGluino: mGluino + move[0], deltaM: deltaM + move[1] }))
  }

  return (
    <div
      className="mass-pad"
      role="application"
      aria-roledescription="pad"
      aria-label={`Gluino mass ${mGluino} GeV, mass difference to the neutralino ${deltaM} GeV. Arrow keys move by 10 GeV, with Shift by 100.`}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onKeyUp={onSettle}
      onPointerDown={(event) => {
        dragging.current = true
        event.currentTarget.setPointerCapture(event.pointerId)
        follow(event)
      }}
      onPointerMove={(event) => dragging.current && follow(event)}
      onPointerUp={() => {
        dragging.current = false
        onSettle()
      }}
    >
      <svg
        viewBox={`${-margin.left} ${-margin.top} ${margin.left + size + margin.right} ${margin.top + size + margin.bottom}`}
        aria-hidden="true"
      >
        <rect ref={frame} width={size} height={size} className="pad-frame" />
        <Forbidden />
        <Axes />
        {models.map((model) => (
          <circle key={`${model.mGluino} ${model.deltaM}`} {...at(model)} r={4} className="pad-model" />
        ))}
        <circle {...at({ mGluino, deltaM })} r={7} className="pad-handle" />
      </svg>
    </div>
  )
}

/** Where the mass difference exceeds the gluino's mass. */
function Forbidden() {
  const corners = [
    { mGluino: massLow, deltaM: massLow },
    { mGluino: splitHigh, deltaM: splitHigh },
    { mGluino: massLow, deltaM: splitHigh },
  ].map(at)
  return (
    <>
      <polygon points={corners.map(({ cx, cy }) => `${cx},${cy}`).join(' ')} className="pad-forbidden" />
      <text x={5} y={15} className="pad-label">
        Δm &gt; m
      </text>
    </>
  )
}

/** Ticks inwards, numbers, and titles at the ends of the axes. */
function Axes() {
  return (
    <g className="pad-label">
      {ticks.mass.map((mGluino) => {
        const { cx } = at({ mGluino, deltaM: splitLow })
        return (
          <g key={mGluino} transform={`translate(${cx} ${size})`}>
            <path d="M0 0v-5" className="pad-tick" />
            <text y={16} textAnchor="middle">
              {mGluino}
            </text>
          </g>
        )
      })}
      {ticks.splitting.map((deltaM) => {
        const { cy } = at({ mGluino: massLow, deltaM })
        return (
          <g key={deltaM} transform={`translate(0 ${cy})`}>
            <path d="M0 0h5" className="pad-tick" />
            <text x={-5} y={4} textAnchor="end">
              {deltaM}
            </text>
          </g>
        )
      })}
      <text x={size} y={size + 33} textAnchor="end">
        gluino mass [GeV]
      </text>
      <text transform={`translate(${-margin.left + 14} 0) rotate(-90)`} textAnchor="end">
        Δm [GeV]
      </text>
    </g>
  )
}
