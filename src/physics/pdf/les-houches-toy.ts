import type { CouplingSettings } from './alpha-s.ts'
import type { StartDistributions } from './evolution-basis.ts'

/**
 * The toy input of the Les Houches evolution benchmark (Giele et al., hep-ph/0204316, section 1.3):
 * mu0^2 = 2 GeV^2 = m_c^2, so four flavours run from the start. For tests and for densities without a fit behind them.
 */
export const lesHouchesToyStart: StartDistributions = {
  q0: Math.SQRT2,
  fill(x, out) {
    if (x >= 1) {
      out.fill(0)
      return
    }
    const rest = 1 - x
    const small = x ** -0.1
    const dbar = 0.1939875 * small * rest ** 6
    const ubar = rest * dbar
    out[0] = 3.06432 * x ** 0.8 * rest ** 4 + dbar
    out[1] = 5.1072 * x ** 0.8 * rest ** 3 + ubar
    out[2] = dbar
    out[3] = ubar
    out[4] = 0.2 * (ubar + dbar)
    out[5] = 0
    out[6] = 0
    out[7] = 1.7 * small * rest ** 5
  },
}

/** alpha_s that goes with it at leading order: one loop, alpha_s(mu0) = 0.35, m_b = 4.5 GeV. */
export const lesHouchesToyCoupling: CouplingSettings = {
  loops: 1,
  referenceScale: Math.SQRT2,
  referenceValue: 0.35,
  charmMass: Math.SQRT2,
  bottomMass: 4.5,
}
