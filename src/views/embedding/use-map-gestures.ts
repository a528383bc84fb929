import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { RefObject } from 'react'

import { simplifyPolygon } from '../../numerics/polygon.ts'

import type { Camera, Viewport } from './camera.ts'
import { panBy, pixelsPerUnit, toData, toScreen, zoomAbout } from './camera.ts'
import { keyboardStep } from './figure.ts'
import type { Accept, Direction } from './nearest.ts'
import { inDirection } from './nearest.ts'
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
  /** Place of the live universe if it may be dragged. */
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

const clickSlack = 4
const idle: MapGestures = { draft: null, focusRow: null, crosshair: null, dragging: false }

const arrowKeys: Record<string, Direction> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
}
const unit: Record<Direction, [number, number]> = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] }

/** Mouse, touch, wheel and keyboard on the element of the map, told as cameras, regions and rows. */
export function useMapGestures(element: RefObject<HTMLElement | null>, targets: GestureTargets): MapGestures {
  const latest = useRef(targets)
  const [state, setState] = useState<MapGestures>(idle)
  useLayoutEffect(() => {
    latest.current = targets
  })

  useEffect(() => {
    const host = element.current
    if (!host) return
    return listen(host, latest, setState)
  }, [element])

  // A half-drawn region belongs to the tool it was begun with.
  const [tool, setTool] = useState(targets.tool)
  if (tool !== targets.tool) {
    setTool(targets.tool)
    setState({ ...state, draft: null, crosshair: null })
  }
  return state
}

function listen(
  host: HTMLElement,
  latest: RefObject<GestureTargets>,
  publish: (state: MapGestures) => void,
): () => void {
  let state = idle
  const pointers = new Map<number, [number, number]>()
  let start: [number, number] | null = null
  let moved = false
  let action: 'none' | 'pan' | 'draw' | 'pinch' | 'handle' = 'none'
  let toolOfDraft: MapTool = 'pan'

  function update(change: Partial<MapGestures>): void {
    state = { ...state, ...change }
    publish(state)
  }

  function at(event: MouseEvent): [number, number] {
    const box = host.getBoundingClientRect()
    return [event.clientX - box.left, event.clientY - box.top]
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

  function rowAt(place: readonly [number, number], pixels: number): number | null {
    const [x, y] = data(place)
    return latest.current.nearest(
      x,
      y,
      pixels / pixelsPerUnit(latest.current.camera, latest.current.viewport),
    )
  }

  function onHandle(place: readonly [number, number]): boolean {
    const { handle } = latest.current
    if (!handle) return false
    const [hx, hy] = screen([handle.x, handle.y])
    return Math.hypot(hx - place[0], hy - place[1]) <= 16
  }

  function addVertex(place: readonly [number, number], mode: SelectionMode): void {
    const draft = currentDraft()
    if (!draft) return setDraft({ kind: 'polygon', points: [data(place)] })
    const [fx, fy] = screen(draft.points[0])
    if (draft.points.length >= 3 && Math.hypot(fx - place[0], fy - place[1]) <= 12) return finish(mode)
    setDraft({ ...draft, points: [...draft.points, data(place)] })
  }

  function pointerDown(event: PointerEvent): void {
    if (event.button > 0) return
    const place = at(event)
    pointers.set(event.pointerId, place)
    // A synthetic pointer has nothing to capture.
    if (event.isTrusted) host.setPointerCapture(event.pointerId)
    host.focus({ preventScroll: true })
    if (pointers.size === 2) {
      action = 'pinch'
      if (latest.current.tool !== 'vertices') setDraft(null)
      return
    }
    start = place
    moved = false
    const { tool } = latest.current
    if (onHandle(place)) action = 'handle'
    else if (tool === 'lasso' || tool === 'box' || (tool === 'pan' && event.shiftKey)) {
      action = 'draw'
      setDraft({ kind: tool === 'box' ? 'box' : 'polygon', points: [data(place), data(place)] })
    } else action = 'pan'
    update({ dragging: true, crosshair: null })
  }

  function pointerMove(event: PointerEvent): void {
    const place = at(event)
    const previous = pointers.get(event.pointerId)
    if (!previous) {
      const [x, y] = place
      latest.current.onHover(onHandle(place) ? null : rowAt(place, 12), { x, y })
      return
    }
    if (action === 'pinch') return pinch(event.pointerId, previous, place)
    pointers.set(event.pointerId, place)
    if (start && Math.hypot(place[0] - start[0], place[1] - start[1]) > clickSlack) moved = true
    if (!moved) return
    const { camera, viewport } = latest.current
    if (action === 'pan') move(panBy(camera, viewport, place[0] - previous[0], place[1] - previous[1]))
    else if (action === 'handle') {
      const [x, y] = data(place)
      latest.current.onHandle({ x, y }, 'move')
    } else if (action === 'draw' && state.draft) {
      const points: [number, number][] =
        state.draft.kind === 'box'
          ? [state.draft.points[0], data(place)]
          : [...state.draft.points, data(place)]
      setDraft({ ...state.draft, points })
    }
  }

  function pinch(id: number, previous: [number, number], place: [number, number]): void {
    const other = [...pointers].find(([key]) => key !== id)?.[1]
    pointers.set(id, place)
    if (!other) return
    const before = Math.hypot(previous[0] - other[0], previous[1] - other[1])
    const after = Math.hypot(place[0] - other[0], place[1] - other[1])
    const { camera, viewport } = latest.current
    const [mx, my] = [(place[0] + other[0]) / 2, (place[1] + other[1]) / 2]
    const moving = panBy(camera, viewport, (place[0] - previous[0]) / 2, (place[1] - previous[1]) / 2)
    move(zoomAbout(moving, viewport, before > 1 ? after / before : 1, mx, my))
  }

  function pointerUp(event: PointerEvent): void {
    if (!pointers.delete(event.pointerId)) return
    const place = at(event)
    const was = action
    if (pointers.size === 0) action = 'none'
    update({ dragging: false })
    if (was === 'pinch' || event.type === 'pointercancel') {
      if (was === 'draw') setDraft(null)
      return
    }
    if (was === 'handle') {
      const [x, y] = data(place)
      if (moved) latest.current.onHandle({ x, y }, 'end')
      return
    }
    if (moved) {
      if (was === 'draw') finish(modeOf(event))
      return
    }
    if (was === 'draw') setDraft(null)
    if (latest.current.tool === 'vertices') addVertex(place, modeOf(event))
    else latest.current.onPick(rowAt(place, event.pointerType === 'touch' ? 24 : 12))
  }

  function pointerLeave(event: PointerEvent): void {
    const [x, y] = at(event)
    if (!pointers.size) latest.current.onHover(null, { x, y })
  }

  function wheel(event: WheelEvent): void {
    event.preventDefault()
    const pixels = event.deltaY * (event.deltaMode === 1 ? 16 : event.deltaMode === 2 ? 400 : 1)
    // A trackpad's pinch comes as a wheel with Ctrl and small steps.
    const factor = Math.exp(-Math.max(-240, Math.min(240, pixels)) * (event.ctrlKey ? 0.01 : 0.0018))
    move(zoomAbout(latest.current.camera, latest.current.viewport, factor, ...at(event)))
  }

  function doubleClick(event: MouseEvent): void {
    if (latest.current.tool === 'vertices') finish(modeOf(event))
    else latest.current.onCamera(null)
  }

  function keyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey) return
    const { tool } = latest.current
    const handled =
      cameraKey(event) || (tool === 'pan' ? walkKey(event) : drawKey(event, tool)) || escapeKey(event.key)
    if (handled) {
      event.preventDefault()
      event.stopPropagation()
    }
  }

  function cameraKey(event: KeyboardEvent): boolean {
    const { camera, viewport } = latest.current
    const direction = arrowKeys[event.key]
    const factor = { '+': 1.3, '=': 1.3, '-': 1 / 1.3, _: 1 / 1.3 }[event.key]
    if (factor) {
      const focus = state.focusRow === null ? null : latest.current.placeOf(state.focusRow)
      const [sx, sy] = focus ? screen([focus.x, focus.y]) : [viewport.width / 2, viewport.height / 2]
      move(zoomAbout(camera, viewport, factor, sx, sy))
    } else if (event.key === '0' || event.key === 'Home') latest.current.onCamera(null)
    else if (direction && event.shiftKey && latest.current.tool === 'pan') {
      const step = Math.min(viewport.width, viewport.height) / 6
      move(panBy(camera, viewport, -unit[direction][0] * step, -unit[direction][1] * step))
    } else return false
    return true
  }

  function walkKey(event: KeyboardEvent): boolean {
    const { camera, viewport } = latest.current
    if (event.key === 'Enter' && state.focusRow !== null) {
      latest.current.onPick(state.focusRow)
      return true
    }
    const direction = arrowKeys[event.key]
    if (!direction) return false
    const from = state.focusRow === null ? null : latest.current.placeOf(state.focusRow)
    const row = from
      ? latest.current.nearest(
          from.x,
          from.y,
          Infinity,
          inDirection(direction, keyboardStep(camera, viewport)),
        )
      : latest.current.nearest(camera.x, camera.y, Infinity)
    if (row === null) return true
    update({ focusRow: row })
    const place = latest.current.placeOf(row)
    const [sx, sy] = screen([place.x, place.y])
    latest.current.onHover(row, { x: sx, y: sy })
    if (sx < 0 || sy < 0 || sx > viewport.width || sy > viewport.height)
      move({ ...camera, x: place.x, y: place.y })
    return true
  }

  function drawKey(event: KeyboardEvent, tool: MapTool): boolean {
    const { viewport } = latest.current
    const direction = arrowKeys[event.key]
    const crosshair = state.crosshair ?? [viewport.width / 2, viewport.height / 2]
    if (direction) {
      const step = event.shiftKey ? 50 : 10
      const next: [number, number] = [
        Math.min(viewport.width, Math.max(0, crosshair[0] + unit[direction][0] * step)),
        Math.min(viewport.height, Math.max(0, crosshair[1] + unit[direction][1] * step)),
      ]
      update({ crosshair: next })
      const draft = currentDraft()
      if (draft?.kind === 'box') setDraft({ ...draft, points: [draft.points[0], data(next)] })
    } else if (event.key === ' ') {
      if (tool !== 'box') addVertex(crosshair, modeOf(event))
      else if (currentDraft()) finish(modeOf(event))
      else setDraft({ kind: 'box', points: [data(crosshair), data(crosshair)] })
      update({ crosshair })
    } else if (event.key === 'Enter') finish(modeOf(event))
    else if (event.key === 'Backspace') {
      const draft = currentDraft()
      if (!draft) return false
      setDraft(draft.points.length > 1 ? { ...draft, points: draft.points.slice(0, -1) } : null)
    } else return false
    return true
  }

  /** One thing at a time: the region being drawn, then the focus dot, then whatever the owner clears. */
  function escapeKey(key: string): boolean {
    if (key !== 'Escape') return false
    if (currentDraft() || state.crosshair) update({ draft: null, crosshair: null })
    else if (state.focusRow !== null) {
      update({ focusRow: null })
      latest.current.onHover(null, { x: 0, y: 0 })
    } else latest.current.onClear()
    return true
  }

  const cleanup = new AbortController()
  const { signal } = cleanup
  host.addEventListener('pointerdown', pointerDown, { signal })
  host.addEventListener('pointermove', pointerMove, { signal })
  host.addEventListener('pointerup', pointerUp, { signal })
  host.addEventListener('pointercancel', pointerUp, { signal })
  host.addEventListener('pointerleave', pointerLeave, { signal })
  host.addEventListener('wheel', wheel, { signal, passive: false })
  host.addEventListener('dblclick', doubleClick, { signal })
  host.addEventListener('keydown', keyDown, { signal })
  return () => cleanup.abort()
}

function modeOf(event: MouseEvent | KeyboardEvent): SelectionMode {
  return event.altKey ? 'subtract' : event.shiftKey ? 'add' : 'replace'
}
