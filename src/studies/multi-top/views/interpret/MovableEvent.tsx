import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { formatNumber } from '../../../../ui/common/format.ts'
import { NumberField } from '../../../../ui/common/NumberField.tsx'
import { SelectField } from '../../../../ui/common/SelectField.tsx'
import { Typeset } from '../../../../ui/common/Typeset.tsx'
import type { MovedObject } from '../../analysis/interpret/moved-event.ts'
import { movedLimits } from '../../limits.ts'
import { displaySize, endOf, EventDisplay, momentumTo } from '../EventDisplay.tsx'
import type { EventObject } from '../event-words.ts'
import './interpret.css'

interface MovableEventProps {
  /** As they are now. */
  objects: readonly EventObject[]
  moved: readonly MovedObject[]
  words: string
  onMove: (object: MovedObject) => void
  /** A drag has ended: what comes next is another step of undo. */
  onSettle: () => void
  onReset: () => void
}

const clamp = (value: number, [low, high]: readonly [number, number]): number =>
  Math.min(high, Math.max(low, value))
const wrapped = (phi: number): number => Math.atan2(Math.sin(phi), Math.cos(phi))

/** An object within what can be set, rounded to what a link keeps short. */
export function inLimits({ slot, pt, eta, phi }: MovedObject): MovedObject {
  const round = (value: number, digits: number) => Math.round(value * 10 ** digits) / 10 ** digits
  return {
    slot,
    pt: round(clamp(pt, movedLimits.pt), 1),
    eta: round(clamp(eta, movedLimits.eta), 2),
    // π itself is more than three digits of it.
    phi: round(clamp(wrapped(phi), [-3.141, 3.141]), 3),
  }
}

/** An event across the beams whose objects can be dragged, moved by keys, or set by number. */
export function MovableEvent({ objects, moved, words, onMove, onSettle, onReset }: MovableEventProps) {
  const frame = useRef<HTMLDivElement>(null)
  const dragged = useRef<EventObject | null>(null)
  const [chosen, setChosen] = useState(objects[0]?.slot ?? 0)
  const object = objects.find(({ slot }) => slot === chosen) ?? objects.at(0)
  if (!object) return <p>This event has no object that could be moved.</p>

  const placeOf = (event: PointerEvent): [number, number] => {
    const box = frame.current?.querySelector('svg')?.getBoundingClientRect()
    if (!box || box.width === 0) return [0, 0]
    return [
      (displaySize * (event.clientX - box.left)) / box.width - displaySize / 2,
      displaySize / 2 - (displaySize * (event.clientY - box.top)) / box.height,
    ]
  }

  function onPointerDown(event: PointerEvent<HTMLDivElement>): void {
    const [x, y] = placeOf(event)
    const [nearest] = objects
      .map((each) => {
        const [ox, oy] = endOf(each)
        return { each, distance: Math.hypot(ox - x, oy - y) }
      })
      .sort((a, b) => a.distance - b.distance)
    if (!nearest || nearest.distance > 24) return
    dragged.current = nearest.each
    setChosen(nearest.each.slot)
    event.currentTarget.setPointerCapture(event.pointerId)
  }

  function onPointerMove(event: PointerEvent): void {
    if (!dragged.current) return
    const [x, y] = placeOf(event)
    const { slot, eta } = dragged.current
    onMove(inLimits({ slot, eta, ...momentumTo(x, y) }))
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (!object) return
    const far = event.shiftKey ? 10 : 1
    const moves: Record<string, [pt: number, eta: number, phi: number]> = {
      ArrowUp: [5 * far, 0, 0],
      ArrowDown: [-5 * far, 0, 0],
      ArrowLeft: [0, 0, 0.05 * far],
      ArrowRight: [0, 0, -0.05 * far],
      PageUp: [0, 0.1 * far, 0],
      PageDown: [0, -0.1 * far, 0],
    }
    const move = moves[event.key]
    if (!move) return
    event.preventDefault()
    const { slot, pt, eta, phi } = object
    onMove(inLimits({ slot, pt: pt + move[0], eta: eta + move[1], phi: phi + move[2] }))
  }

  const { slot, pt, eta, phi } = object
  const set = (patch: Partial<MovedObject>) => onMove(inLimits({ slot, pt, eta, phi, ...patch }))
  return (
    <div className="stack">
      <div
        ref={frame}
        className="movable-event"
        role="application"
        aria-roledescription="event"
        aria-label={`${object.name}: pT ${formatNumber(pt)} GeV, η ${formatNumber(eta)}, φ ${formatNumber(phi)}. Arrow keys up and down change pT, left and right turn it, page keys change η; with Shift ten times as far.`}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onKeyUp={onSettle}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={() => {
          dragged.current = null
          onSettle()
        }}
      >
        <EventDisplay objects={objects} words={words} chosen={object.slot} />
      </div>
      <div className="multi-top-hide-bar">
        <SelectField
          {...{ label: 'object', value: `${slot}` }}
          labels={Object.fromEntries(objects.map((each) => [`${each.slot}`, each.name]))}
          onChange={(next) => setChosen(Number(next))}
        />
        <NumberField
          {...{ label: 'p_T [GeV]', value: pt, format: formatNumber }}
          {...{ min: movedLimits.pt[0], max: movedLimits.pt[1] }}
          onCommit={(value) => set({ pt: value })}
        />
        <NumberField
          {...{ label: 'η', value: eta, format: formatNumber }}
          {...{ min: movedLimits.eta[0], max: movedLimits.eta[1] }}
          onCommit={(value) => set({ eta: value })}
        />
        <NumberField
          {...{ label: 'φ', value: phi, format: formatNumber, min: -3.141, max: 3.141 }}
          onCommit={(value) => set({ phi: value })}
        />
        <button type="button" className="button" disabled={moved.length === 0} onClick={onReset}>
          Put all back
        </button>
      </div>
      <p className="small soft">
        Drag the end of a line; it is as long as <Typeset text="the logarithm of p_T. p_x, p_y, p_z follow" />
        ; MET and the counts stay, so that a moved event need not be one that nature makes. Thick b-jets, thin
        other jets, dashed leptons.
      </p>
    </div>
  )
}
