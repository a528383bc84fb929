import { useEffect, useState } from 'react'

/** The value as it was when it last stopped changing for `quietMs`; at once for the first value. */
export function useSettled<T>(value: T, quietMs: number): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    if (value === settled) return
    const timer = setTimeout(() => setSettled(value), quietMs)
    return () => clearTimeout(timer)
  }, [value, settled, quietMs])
  return settled
}
