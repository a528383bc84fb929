/**
 * g̃ → q q̄ χ by heavy squarks, |M|² up to a factor, for the Dalitz plot. T = (p - q)², U = (p - q̄)²,
 * S = (q + q̄)² = m² + m_χ² - T - U [GeV²]; eta is +1 for a bino-like neutralino of positive mass, -1 for the
 * opposite CP parity. Haber, Kane Phys. Rept. 117 (1985) 75, appendix E; here with left and right squarks alike.
 */
export function gluinoDecay(m: number, mChi: number, T: number, U: number, eta: 1 | -1 = 1): number {
  const m2 = m * m
  const x2 = mChi * mChi
  const S = m2 + x2 - T - U
  return (m2 - T) * (T - x2) + (m2 - U) * (U - x2) + 2 * eta * m * mChi * S
}

/** Largest value of gluinoDecay over the Dalitz plot, scanned on 200 × 200 points and raised by 1 %. */
export function gluinoDecayMaximum(m: number, mChi: number, eta: 1 | -1 = 1): number {
  const n = 200
  let largest = 0
  for (let i = 0; i <= n; i++)
    for (let k = 0; k <= n; k++) {
      // S from 0 to (m - mχ)², then the angle of q in the frame of the pair.
      const S = ((m - mChi) ** 2 * i) / n
      const sum = m * m + mChi * mChi - S
      const half = Math.sqrt(Math.max(0, (sum / 2) ** 2 - (m * mChi) ** 2))
      const T = sum / 2 + half * ((2 * k) / n - 1)
      largest = Math.max(largest, gluinoDecay(m, mChi, T, sum - T, eta))
    }
  return 1.01 * largest
}
