import type { DrellYanIntent, ShapeIntent } from '../intent.ts'

/** "a resonance at 400 GeV" */
export function shapeTitle({ kind, massGeV }: ShapeIntent): string {
  return kind === 'slope' ? 'a slope' : `a ${kind} at ${massGeV} GeV`
}

/** For views that show the focus itself: what only Interpret adds to it; null where that is nothing. */
export function leftOut({
  shape,
  noise,
  focus,
}: Pick<DrellYanIntent, 'shape' | 'noise' | 'focus'>): string | null {
  const withoutNoise = focus.kind === 'live' || focus.kind === 'universe'
  const parts = [shape && shapeTitle(shape), noise === 'replica' && withoutNoise && 'the noise of a replica']
  const added = parts.filter(Boolean)
  return added.length > 0 ? `Shown here without ${added.join(' and ')}, which Interpret adds.` : null
}
