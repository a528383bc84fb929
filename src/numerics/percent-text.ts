/** A share in per cent with as many digits as a small one, or the rest beside it, needs: 0.62, 1.9, 11, 98, 99.4. */
export function percentText(share: number): string {
  const percent = 100 * share
  return percent < 10 ? percent.toPrecision(2) : percent.toFixed(percent > 99 ? 1 : 0)
}
