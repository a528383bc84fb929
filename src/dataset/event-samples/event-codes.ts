/** Largest momentum that is told apart [GeV], and largest |η|. */
export const codeLimits = { momentum: 13_000, absEta: 5 } as const

const most = 65_535
const momentumStep = Math.log1p(codeLimits.momentum) / most
const turn = 2 * Math.PI

/** 16 bits of log(1 + p/GeV): off by at most 7.3e-5 (p + 1 GeV). */
export const momentumCode = {
  of: (momentum: number): number =>
    Math.min(most, Math.round(Math.log1p(Math.max(0, momentum)) / momentumStep)),
  value: (code: number): number => Math.expm1(code * momentumStep),
}

/** 16 bits between the limits of |η|: off by at most 7.7e-5. */
export const etaCode = {
  of: (eta: number): number => {
    const { absEta } = codeLimits
    const inside = Math.min(absEta, Math.max(-absEta, eta))
    return Math.round(((inside + absEta) / (2 * absEta)) * most)
  },
  value: (code: number): number => (code / most) * 2 * codeLimits.absEta - codeLimits.absEta,
}

/** 16 bits of a turn: off by at most 4.8e-5. Values lie in (−π, π]. */
export const azimuthCode = {
  of: (phi: number): number => Math.round((phi / turn) * (most + 1)) & most,
  value: (code: number): number => {
    const angle = (code / (most + 1)) * turn
    return angle > Math.PI ? angle - turn : angle
  },
}
