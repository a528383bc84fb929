/** Below this share of the largest, a singular value is rounding. */
export const relativeRank = 1e-9

/** How many combinations of coefficients a dataset measures at all, and to better than 1 TeV^-2. */
export interface ResolvedDirections {
  rank: number
  resolved: number
}

/** @param singularValues  of the whitened templates, TeV^2, falling */
export function resolvedDirections(singularValues: ArrayLike<number>): ResolvedDirections {
  const values = Array.from(singularValues)
  return {
    rank: values.filter((value) => value > relativeRank * values[0]).length,
    resolved: values.filter((value) => value > 1).length,
  }
}
