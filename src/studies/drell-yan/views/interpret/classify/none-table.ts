/** The table of how often "none of these" is noticed, for the sentence that quotes it. */
export const noneTableId = 'none-of-these-measured'

/** No anchor: the address carries the analysis. */
export function showNoneTable(): void {
  const table = document.getElementById(noneTableId)
  table?.focus({ preventScroll: true })
  table?.scrollIntoView({ block: 'center' })
}
