import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { RefObject } from 'react'

import {
  createGestureSession,
  idleGestures,
  type GestureTargets,
  type MapGestures,
} from './gesture-session.ts'
import { listenToKeys } from './keyboard-gestures.ts'
import { listenToPointer } from './pointer-gestures.ts'

/** Mouse, touch, wheel and keyboard on the element of the map, told as cameras, regions and rows. */
export function useMapGestures(element: RefObject<HTMLElement | null>, targets: GestureTargets): MapGestures {
  const latest = useRef(targets)
  const [state, setState] = useState<MapGestures>(idleGestures)
  useLayoutEffect(() => {
    latest.current = targets
  })

  useEffect(() => {
    const host = element.current
    if (!host) return
    const session = createGestureSession(latest, setState)
    const cleanup = new AbortController()
    listenToPointer(host, session, cleanup.signal)
    listenToKeys(host, session, cleanup.signal)
    return () => cleanup.abort()
  }, [element])

  // A half-drawn region belongs to the tool it was begun with.
  const [tool, setTool] = useState(targets.tool)
  if (tool !== targets.tool) {
    setTool(targets.tool)
    setState({ ...state, draft: null, crosshair: null })
  }
  return state
}
