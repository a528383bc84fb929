/**
 * Where a Gaussian stands for a Poisson distribution that is nearly always 0, in a sentence; empty: nowhere.
 *
 * @param sm               pb per bin
 * @param luminosityInvFb  fb^-1
 */
export function sparseWords(sm: Float64Array, luminosityInvFb: number): string {
  const events = sm.map((pb) => 1000 * pb * luminosityInvFb)
  const sparse = events.filter((expected) => expected < 1).length
  if (sparse === 0) return ''
  return `${sparse} of ${sm.length} bins expect less than 1 event, the emptiest ${Math.min(...events).toPrecision(2)}: a Gaussian is no good picture of their counts.`
}
