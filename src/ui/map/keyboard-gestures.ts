import { panBy, zoomAbout } from './camera.ts'
import { keyboardStep } from './figure.ts'
import { modeOf, type GestureSession, type MapTool } from './gesture-session.ts'
import { inDirection, type Direction } from './nearest.ts'

const arrowKeys: Record<string, Direction> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
}
/** Directions of the data, where the map exchanges its axes. */
const exchanged: Record<Direction, Direction> = { left: 'down', right: 'up', up: 'right', down: 'left' }
const unit: Record<Direction, [number, number]> = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] }

/** All that the pointer can do on the map, by keys. */
export function listenToKeys(host: HTMLElement, session: GestureSession, signal: AbortSignal): void {
  const { update, move, data, screen, currentDraft, setDraft, finish, addVertex } = session

  function keyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey) return
    const { tool } = session.targets
    const handled =
      cameraKey(event) || (tool === 'pan' ? walkKey(event) : drawKey(event, tool)) || escapeKey(event.key)
    if (handled) {
      event.preventDefault()
      event.stopPropagation()
    }
  }

  function cameraKey(event: KeyboardEvent): boolean {
    const { camera, viewport } = session.targets
    const direction = arrowKeys[event.key]
    const factor = { '+': 1.3, '=': 1.3, '-': 1 / 1.3, _: 1 / 1.3 }[event.key]
    if (factor) {
      const focus = session.state.focusRow === null ? null : session.targets.placeOf(session.state.focusRow)
      const [sx, sy] = focus ? screen([focus.x, focus.y]) : [viewport.width / 2, viewport.height / 2]
      move(zoomAbout(camera, viewport, factor, sx, sy))
    } else if (event.key === '0' || event.key === 'Home') session.targets.onCamera(null)
    else if (direction && event.shiftKey && session.targets.tool === 'pan') {
      const step = Math.min(viewport.width, viewport.height) / 6
      move(panBy(camera, viewport, -unit[direction][0] * step, -unit[direction][1] * step))
    } else return false
    return true
  }

  function walkKey(event: KeyboardEvent): boolean {
    const { camera, viewport } = session.targets
    if (event.key === 'Enter' && session.state.focusRow !== null) {
      session.targets.onPick(session.state.focusRow)
      return true
    }
    const direction = arrowKeys[event.key]
    if (!direction) return false
    const from = session.state.focusRow === null ? null : session.targets.placeOf(session.state.focusRow)
    const row = from
      ? session.targets.nearest(
          from.x,
          from.y,
          Infinity,
          inDirection(viewport.turned ? exchanged[direction] : direction, keyboardStep(camera, viewport)),
        )
      : session.targets.nearest(camera.x, camera.y, Infinity)
    if (row === null) return true
    update({ focusRow: row })
    const place = session.targets.placeOf(row)
    const [sx, sy] = screen([place.x, place.y])
    session.targets.onHover(row, { x: sx, y: sy })
    if (sx < 0 || sy < 0 || sx > viewport.width || sy > viewport.height)
      move({ ...camera, x: place.x, y: place.y })
    return true
  }

  function drawKey(event: KeyboardEvent, tool: MapTool): boolean {
    const { viewport } = session.targets
    const direction = arrowKeys[event.key]
    const crosshair = session.state.crosshair ?? [viewport.width / 2, viewport.height / 2]
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
    if (currentDraft() || session.state.crosshair) update({ draft: null, crosshair: null })
    else if (session.state.focusRow !== null) {
      update({ focusRow: null })
      session.targets.onHover(null, { x: 0, y: 0 })
    } else session.targets.onClear()
    return true
  }

  host.addEventListener('keydown', keyDown, { signal })
}
