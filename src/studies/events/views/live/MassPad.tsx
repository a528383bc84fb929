import { useRef, type KeyboardEvent, type PointerEvent } from 'react'
import './live.css'

/** Axes of the pad [GeV]. */
export const padRange = { mass: [600, 2600], splitting: [20, 1500] } as const
const size = 220
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
  const frame = useRef<SVGSVGElement>(null)
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
      <svg ref={frame} viewBox={`0 0 ${size} ${size}`} aria-hidden="true">
        <rect width={size} height={size} className="pad-frame" />
        {models.map((model) => (
          <circle key={`${model.mGluino} ${model.deltaM}`} {...at(model)} r={4} className="pad-model" />
        ))}
        <circle {...at({ mGluino, deltaM })} r={7} className="pad-handle" />
      </svg>
      <p className="pad-text" aria-hidden="true">
        across: gluino mass, {massLow} to {massHigh} GeV; upwards: Δm, {splitLow} to {splitHigh} GeV
      </p>
    </div>
  )
}
