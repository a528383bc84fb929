import type { RefObject } from 'react'

import { simplifyPolygon } from '../../numerics/polygon.ts'

import type { Camera, Viewport } from './camera.ts'
import { pixelsPerUnit, toData, toScreen } from './camera.ts'
import type { Accept } from './nearest.ts'
import type { Selection, SelectionMode } from './select.ts'
import type { MapPlace } from './types.ts'

/** Dragging pans; or draws a lasso or a box; or each click sets a vertex and nothing needs dragging. */
export type MapTool = 'pan' | 'lasso' | 'box' | 'vertices'

/** A region that is being drawn, in data units: a box has two opposite corners. */
export interface Draft {
  kind: 'polygon' | 'box'
  points: [number, number][]
}

export interface GestureTargets {
  camera: Camera
  viewport: Viewport
  tool: MapTool
  /** Place of the live point if it may be dragged. */
  handle: MapPlace | null
  nearest: (x: number, y: number, maxDistance: number, accept?: Accept) => number | null
  placeOf: (row: number) => MapPlace
  onCamera: (camera: Camera | null) => void
  onSelect: (selection: Selection, mode: SelectionMode) => void
  onPick: (row: number | null) => void
  onHover: (row: number | null, place: MapPlace) => void
  onHandle: (place: MapPlace, phase: 'move' | 'end') => void
  onClear: () => void
}

export interface MapGestures {
  draft: Draft | null
  /** Row under the keyboard's focus dot. */
  focusRow: number | null
  /** Where the keyboard's crosshair is while a region is drawn without a mouse, CSS pixels. */
  crosshair: [number, number] | null
  dragging: boolean
}

export const idleGestures: MapGestures = { draft: null, focusRow: null, crosshair: null, dragging: false }

export type GestureSession = ReturnType<typeof createGestureSession>

/** What pointer and keyboard share: where things are, and the region that is being drawn. */
export function createGestureSession(
  latest: RefObject<GestureTargets>,
  publish: (state: MapGestures) => void,
) {
  let state = idleGestures
  let toolOfDraft: MapTool = 'pan'

  function update(change: Partial<MapGestures>): void {
    state = { ...state, ...change }
    publish(state)
  }

  /** Several events may come before the owner renders: each builds on the camera the last one asked for. */
  function move(camera: Camera): void {
    latest.current.camera = camera
    latest.current.onCamera(camera)
  }

  const data = ([sx, sy]: readonly [number, number]): [number, number] =>
    toData(latest.current.camera, latest.current.viewport, sx, sy)

  const screen = ([x, y]: readonly [number, number]): [number, number] =>
    toScreen(latest.current.camera, latest.current.viewport, x, y)

  function currentDraft(): Draft | null {
    return toolOfDraft === latest.current.tool ? state.draft : null
  }

  function setDraft(draft: Draft | null): void {
    toolOfDraft = latest.current.tool
    update({ draft })
  }

  function finish(mode: SelectionMode): void {
    const draft = currentDraft()
    setDraft(null)
    if (!draft) return
    if (draft.kind === 'box') {
      const [[xa, ya], [xb, yb]] = draft.points
      const bounds = {
        xMin: Math.min(xa, xb),
        xMax: Math.max(xa, xb),
        yMin: Math.min(ya, yb),
        yMax: Math.max(ya, yb),
      }
      if (bounds.xMax > bounds.xMin && bounds.yMax > bounds.yMin)
        latest.current.onSelect({ kind: 'box', bounds }, mode)
      return
    }
    if (draft.points.length < 3) return
    // Half a pixel: not to be seen, and a lasso of 500 points becomes one of 40, short enough for a link.
    const tolerance = 0.5 / pixelsPerUnit(latest.current.camera, latest.current.viewport)
    latest.current.onSelect({ kind: 'polygon', points: simplifyPolygon(draft.points, tolerance) }, mode)
  }

  function addVertex(place: readonly [number, number], mode: SelectionMode): void {
    const draft = currentDraft()
    if (!draft) return setDraft({ kind: 'polygon', points: [data(place)] })
    const [fx, fy] = screen(draft.points[0])
    if (draft.points.length >= 3 && Math.hypot(fx - place[0], fy - place[1]) <= 12) return finish(mode)
    setDraft({ ...draft, points: [...draft.points, data(place)] })
  }

  return {
    get state() {
      return state
    },
    get targets() {
      return latest.current
    },
    update,
    move,
    data,
    screen,
    currentDraft,
    setDraft,
    finish,
    addVertex,
  }
}

export function modeOf(event: MouseEvent | KeyboardEvent): SelectionMode {
  return event.altKey ? 'subtract' : event.shiftKey ? 'add' : 'replace'
}
