import { cleanup } from '@testing-library/react'
import { afterEach, beforeEach, vi } from 'vitest'
import { sizedElements } from './sized-elements.ts'

/**
 * At the top of a file whose tests draw: elements have this size, and nothing of a test is left to the next one.
 *
 * @param width, height  [CSS pixels]
 */
export function drawnOn(width: number, height: number): void {
  beforeEach(() => sizedElements(width, height))
  afterEach(() => {
    cleanup()
    vi.restoreAllMocks()
    vi.unstubAllGlobals()
  })
}
