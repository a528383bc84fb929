import { useEffect, useRef, useState } from 'react'
import type { ShapeIntent } from '../../../intent.ts'
import { useDrellYan, useDrellYanState } from '../../context.tsx'

export type DrawPhase = 'move' | 'slide' | 'end'

const quietMs = 300

/**
 * The drawn shape: follows the hand at once, and enters the intent (undo, link) when the hand rests.
 * 'move': a pointer is on the way and its end will be told; 'slide': nobody tells the end; 'end': put there.
 */
export function useDrawnShape(): [ShapeIntent | null, (shape: ShapeIntent | null, phase: DrawPhase) => void] {
  const { actions } = useDrellYan()
  const settled = useDrellYanState((state) => state.intent.shape)
  const [moving, setMoving] = useState<{ shape: ShapeIntent | null; from: ShapeIntent | null }>()
  /** What a timer will settle. */
  const pending = useRef<{ timer: ReturnType<typeof setTimeout>; settle: () => void }>(undefined)
  // Who leaves before the hand has rested keeps the shape.
  useEffect(
    () => () => {
      clearTimeout(pending.current?.timer)
      pending.current?.settle()
    },
    [],
  )
  // An undo or a link that comes in between wins.
  const shown = moving && moving.from === settled ? moving.shape : settled

  return [
    shown,
    (shape, phase) => {
      clearTimeout(pending.current?.timer)
      pending.current = undefined
      setMoving({ shape, from: settled })
      const settle = () => {
        pending.current = undefined
        setMoving(undefined)
        actions.change({ shape })
      }
      if (phase === 'end') settle()
      else if (phase === 'slide') pending.current = { timer: setTimeout(settle, quietMs), settle }
    },
  ]
}
