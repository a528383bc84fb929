/**
 * Published numbers of L. Palmas, "Searches for New Physics at the Large Hadron Collider", MPhil dissertation, Cambridge,
 * June 2024. Its selection, collision energy and data are not stated, so that these stand beside ours, not against them.
 */
export const thesis = {
  /** Table 3: lowest losses of the networks, (m_tt, y_tt) and its fourteen features. */
  losses: {
    td8: { parton: 0.663, complete: 0.535 },
    tq8: { parton: 0.652, complete: 0.538 },
    'td8^2': { parton: 0.576, complete: 0.503 },
    'tq8^2': { parton: 0.556, complete: 0.483 },
  } as Readonly<Record<string, { parton: number; complete: number } | undefined>>,
  /** Table 4: 95 % intervals, of one binned observable and of the networks [TeV^-2]. */
  intervals: {
    td8: { binned: [-1.256, 0.324], learned: [0.271, 0.602] },
    tq8: { binned: [-0.952, 0.021], learned: [-0.753, -0.536] },
  } as Readonly<
    Record<string, { binned: readonly [number, number]; learned: readonly [number, number] } | undefined>
  >,
} as const

/** Width of the learned interval over that of the binned one; null for an operator that it has not. */
export function thesisWidthRatio(operator: string): number | null {
  const known = thesis.intervals[operator]
  return known ? (known.learned[1] - known.learned[0]) / (known.binned[1] - known.binned[0]) : null
}
