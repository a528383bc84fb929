import { useEffect, useState } from 'react'

/**
 * False until so many frames after mounting are out. What is seen first is drawn before what stands beside it is put
 * together.
 */
export function useAfterFrames(frames: number): boolean {
  const [left, setLeft] = useState(frames)
  useEffect(() => {
    if (left === 0) return undefined
    const frame = requestAnimationFrame(() => setLeft(left - 1))
    return () => cancelAnimationFrame(frame)
  }, [left])
  return left === 0
}
