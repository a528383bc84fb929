import type { ReactNode } from 'react'
import type { Viewport } from './camera.ts'
import './hover-card.css'

interface HoverCardProps {
  /** Where its dot is; absent, the card stands where the page puts it. */
  beside?: {
    /** CSS pixels from the top left of the drawing area. */
    at: readonly [number, number]
    viewport: Viewport
  }
  /** Given, the card stays until it is closed. */
  onClose?: () => void
  children: ReactNode
}

/** Distance of the card from its dot, and room that the tallest card takes [px]. */
const gap = 16
const tallest = 330

/**
 * Where a card stands: on that side of its dot where there is more room, so that it needs no measuring.
 * Lengths count from the edges of the drawing area.
 */
export function cardPlace(
  [x, y]: readonly [number, number],
  { width, height }: Viewport,
): { left?: number; right?: number; top?: number; bottom?: number } {
  const within = (value: number, most: number) => Math.round(Math.min(most, Math.max(0, value)))
  const room = Math.max(0, height - tallest)
  return {
    ...(x > width / 2 ? { right: within(width - x + gap, width) } : { left: within(x + gap, width) }),
    ...(y > height / 2 && room > 0
      ? { bottom: within(height - y - gap, room) }
      : { top: within(y - gap, room) }),
  }
}

/** What a dot is, beside it. The pointer goes through it, to the dots below; only its button takes a click. */
export function HoverCard({ beside, onClose, children }: HoverCardProps) {
  return (
    <div
      className={`hover-card${onClose ? ' hover-card-pinned' : ''}${beside ? '' : ' hover-card-below'}`}
      style={beside && cardPlace(beside.at, beside.viewport)}
      {...(onClose ? { role: 'group', 'aria-label': 'Pinned dot' } : { 'aria-hidden': true })}
      data-testid={onClose ? 'pinned-card' : 'hover-card'}
    >
      {children}
      {onClose ? (
        <button type="button" className="hover-card-close" aria-label="Close the card" onClick={onClose}>
          ×
        </button>
      ) : (
        <p className="soft hover-card-hint">click: pin</p>
      )}
    </div>
  )
}
