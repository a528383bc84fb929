import { panBy, pixelsPerUnit, zoomAbout } from './camera.ts'
import { modeOf, type GestureSession } from './gesture-session.ts'

const clickSlack = 4

/** Mouse, touch and wheel on the map. */
export function listenToPointer(host: HTMLElement, session: GestureSession, signal: AbortSignal): void {
  const { update, move, data, screen, setDraft, finish, addVertex } = session
  const pointers = new Map<number, [number, number]>()
  let start: [number, number] | null = null
  let moved = false
  let action: 'none' | 'pan' | 'draw' | 'pinch' | 'handle' = 'none'

  function at(event: MouseEvent): [number, number] {
    const box = host.getBoundingClientRect()
    return [event.clientX - box.left, event.clientY - box.top]
  }

  function rowAt(place: readonly [number, number], pixels: number): number | null {
    const [x, y] = data(place)
    return session.targets.nearest(
      x,
      y,
      pixels / pixelsPerUnit(session.targets.camera, session.targets.viewport),
    )
  }

  function onHandle(place: readonly [number, number]): boolean {
    const { handle } = session.targets
    if (!handle) return false
    const [hx, hy] = screen([handle.x, handle.y])
    return Math.hypot(hx - place[0], hy - place[1]) <= 16
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
      if (session.targets.tool !== 'vertices') setDraft(null)
      return
    }
    start = place
    moved = false
    const { tool } = session.targets
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
      session.targets.onHover(onHandle(place) ? null : rowAt(place, 12), { x, y })
      return
    }
    if (action === 'pinch') return pinch(event.pointerId, previous, place)
    pointers.set(event.pointerId, place)
    if (start && Math.hypot(place[0] - start[0], place[1] - start[1]) > clickSlack) moved = true
    if (!moved) return
    const { camera, viewport } = session.targets
    if (action === 'pan') move(panBy(camera, viewport, place[0] - previous[0], place[1] - previous[1]))
    else if (action === 'handle') {
      const [x, y] = data(place)
      session.targets.onHandle({ x, y }, 'move')
    } else if (action === 'draw' && session.state.draft) {
      const points: [number, number][] =
        session.state.draft.kind === 'box'
          ? [session.state.draft.points[0], data(place)]
          : [...session.state.draft.points, data(place)]
      setDraft({ ...session.state.draft, points })
    }
  }

  function pinch(id: number, previous: [number, number], place: [number, number]): void {
    const other = [...pointers].find(([key]) => key !== id)?.[1]
    pointers.set(id, place)
    if (!other) return
    const before = Math.hypot(previous[0] - other[0], previous[1] - other[1])
    const after = Math.hypot(place[0] - other[0], place[1] - other[1])
    const { camera, viewport } = session.targets
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
      if (moved) session.targets.onHandle({ x, y }, 'end')
      return
    }
    if (moved) {
      if (was === 'draw') finish(modeOf(event))
      return
    }
    if (was === 'draw') setDraft(null)
    if (session.targets.tool === 'vertices') addVertex(place, modeOf(event))
    else session.targets.onPick(rowAt(place, event.pointerType === 'touch' ? 24 : 12))
  }

  function pointerLeave(event: PointerEvent): void {
    const [x, y] = at(event)
    if (!pointers.size) session.targets.onHover(null, { x, y })
  }

  function wheel(event: WheelEvent): void {
    event.preventDefault()
    const pixels = event.deltaY * (event.deltaMode === 1 ? 16 : event.deltaMode === 2 ? 400 : 1)
    // A trackpad's pinch comes as a wheel with Ctrl and small steps.
    const factor = Math.exp(-Math.max(-240, Math.min(240, pixels)) * (event.ctrlKey ? 0.01 : 0.0018))
    move(zoomAbout(session.targets.camera, session.targets.viewport, factor, ...at(event)))
  }

  function doubleClick(event: MouseEvent): void {
    if (session.targets.tool === 'vertices') finish(modeOf(event))
    else session.targets.onCamera(null)
  }

  host.addEventListener('pointerdown', pointerDown, { signal })
  host.addEventListener('pointermove', pointerMove, { signal })
  host.addEventListener('pointerup', pointerUp, { signal })
  host.addEventListener('pointercancel', pointerUp, { signal })
  host.addEventListener('pointerleave', pointerLeave, { signal })
  host.addEventListener('wheel', wheel, { signal, passive: false })
  host.addEventListener('dblclick', doubleClick, { signal })
}
