import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import {
  axisPlane,
  geodesic,
  orthonormalPlane,
  randomPlane,
  tilted,
  type Geodesic,
  type Plane,
} from '../../../numerics/grand-tour.ts'
import { createRng } from '../../../numerics/rng.ts'

/** Turn of a playing tour [rad/s]: slow enough to follow a dot. */
const pace = 0.35
/** Shorter ways between two planes are no journey [rad]. */
const shortest = 0.4
/** A plane is kept once it has rested this long [ms]. */
const restMs = 250

export interface Tour {
  plane: Plane
  playing: boolean
  play: (on: boolean) => void
  /** To the next plane at once. */
  step: () => void
  /** By hand; angles towards the third axis [rad]. */
  tilt: (across: number, up: number) => void
  show: (first: number, second: number) => void
}

/**
 * A plane through a space of d dimensions that is turned by hand or of itself, from one random plane to the next. The
 * same seed gives the same tour.
 *
 * @param kept    plane that an intent has; null: the first two axes
 * @param onRest  the plane has come to rest
 */
export function useTour(d: number, kept: readonly number[] | null, onRest: (plane: number[]) => void): Tour {
  const start = useMemo(() => {
    const asked = kept && kept.length === 2 * d ? orthonormalPlane(kept) : null
    return asked ?? axisPlane(d, 0, 1)
  }, [d, kept])
  const [plane, setPlane] = useState(start)
  const [playing, setPlaying] = useState(false)
  const now = useRef(start)
  const leg = useRef(0)
  const told = useRef(start)
  const rest = useRef(onRest)
  useEffect(() => {
    rest.current = onRest
  })

  const move = useCallback((next: Plane) => {
    now.current = next
    setPlane(next)
  }, [])

  // Undo, or another link: what the intent says is shown, unless it is what was told last.
  useEffect(() => {
    if (sameNumbers(start, told.current)) return
    told.current = start
    move(start)
  }, [start, move])

  const nextLeg = useCallback((): Geodesic => {
    for (;;) {
      const way = geodesic(now.current, randomPlane(d, createRng(1, `tour/${leg.current++}`)))
      if (Math.hypot(...way.angles) >= shortest) return way
    }
  }, [d])

  useEffect(() => {
    if (!playing) return
    let way = nextLeg()
    let t = 0
    let last = performance.now()
    let frame = requestAnimationFrame(function advance(time: number) {
      // A page that was asleep goes on where it was.
      t += (pace * Math.min(0.1, (time - last) / 1000)) / Math.hypot(...way.angles)
      last = time
      move(way.at(Math.min(1, t)))
      if (t >= 1) {
        way = nextLeg()
        t = 0
      }
      frame = requestAnimationFrame(advance)
    })
    return () => cancelAnimationFrame(frame)
  }, [playing, nextLeg, move])

  useEffect(() => {
    if (playing || plane === told.current) return
    const timer = setTimeout(() => {
      const rounded = Float64Array.from(plane, (value) => Number(value.toFixed(4)))
      told.current = orthonormalPlane(rounded) ?? plane
      rest.current(Array.from(rounded))
    }, restMs)
    return () => clearTimeout(timer)
  }, [playing, plane])

  return {
    plane,
    playing,
    play: setPlaying,
    step: () => move(nextLeg().at(1)),
    tilt: (across, up) => move(tilted(now.current, 2, across, up)),
    show: (first, second) => move(axisPlane(d, first, second)),
  }
}

const sameNumbers = (a: Plane, b: Plane): boolean =>
  a.length === b.length && a.every((value, i) => Math.abs(value - b[i]) < 1e-6)
