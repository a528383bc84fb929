/**
 * Gamma functions of positive arguments, fast enough for the inner loop of a loss: shifted upwards by the recurrence,
 * then Stirling's series. Arguments that are not positive give NaN.
 */

/** From here on the series are exact to rounding. */
const enough = 9

/** ln Gamma(x), x > 0; relative error below 1e-14 away from its zeros at 1 and 2, absolute there. A&S 6.1.41. */
export function logGamma(x: number): number {
  if (!(x > 0)) return Number.NaN
  let product = 1
  while (x < enough) product *= x++
  const i = 1 / x
  const j = i * i
  const series =
    i *
    (1 / 12 -
      j * (1 / 360 - j * (1 / 1260 - j * (1 / 1680 - j * (1 / 1188 - j * (691 / 360360 - (j * 1) / 156))))))
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series - Math.log(product)
}

/** psi(x) = d ln Gamma / dx, x > 0. A&S 6.3.5, 6.3.18. */
export function digamma(x: number): number {
  if (!(x > 0)) return Number.NaN
  let shift = 0
  while (x < enough) shift -= 1 / x++
  const i = 1 / x
  const j = i * i
  const series =
    j * (1 / 12 - j * (1 / 120 - j * (1 / 252 - j * (1 / 240 - j * (1 / 132 - j * (691 / 32760 - j / 12))))))
  return shift + Math.log(x) - 0.5 * i - series
}

/** psi'(x), x > 0. A&S 6.4.6, 6.4.12. */
export function trigamma(x: number): number {
  if (!(x > 0)) return Number.NaN
  let shift = 0
  for (; x < enough; x++) shift += 1 / (x * x)
  const i = 1 / x
  const j = i * i
  const series =
    1 / 6 - j * (1 / 30 - j * (1 / 42 - j * (1 / 30 - j * (5 / 66 - j * (691 / 2730 - (j * 7) / 6)))))
  return shift + i + j * (0.5 + i * series)
}
