// Colour-ordered vertices of gluons (Berends, Giele NPB 306 (1988) 759), for vectors as in dirac.ts.

const scratch = new Float64Array(8)

/** 2 (p_b · a) b - 2 (p_a · b) a + (p_a - p_b) a·b times factor, for currents a, b with momenta p_a, p_b. */
export function addBracket(
  w: Float64Array,
  a: number,
  b: number,
  momenta: Float64Array,
  pa: number,
  pb: number,
  out: number,
  factor: number,
): void {
  let aR = momenta[pb] * w[a]
  let aI = momenta[pb] * w[a + 1]
  let bR = momenta[pa] * w[b]
  let bI = momenta[pa] * w[b + 1]
  for (let k = 1; k < 4; k++) {
    aR -= momenta[pb + k] * w[a + 2 * k]
    aI -= momenta[pb + k] * w[a + 2 * k + 1]
    bR -= momenta[pa + k] * w[b + 2 * k]
    bI -= momenta[pa + k] * w[b + 2 * k + 1]
  }
  contract(w, a, b, 0)
  const [zR, zI] = scratch
  for (let k = 0; k < 4; k++) {
    const i = 2 * k
    const difference = momenta[pa + k] - momenta[pb + k]
    w[out + i] +=
      factor * (2 * (aR * w[b + i] - aI * w[b + i + 1] - bR * w[a + i] + bI * w[a + i + 1]) + difference * zR)
    w[out + i + 1] +=
      factor * (2 * (aR * w[b + i + 1] + aI * w[b + i] - bR * w[a + i + 1] - bI * w[a + i]) + difference * zI)
  }
}

/** 2 (a·c) b - (b·c) a - (a·b) c times factor: the four-gluon vertex in the order a, b, c. */
export function addQuartic(
  w: Float64Array,
  a: number,
  b: number,
  c: number,
  out: number,
  factor: number,
): void {
  contract(w, a, c, 0)
  contract(w, b, c, 2)
  contract(w, a, b, 4)
  const [acR, acI, bcR, bcI, abR, abI] = scratch
  for (let i = 0; i < 8; i += 2) {
    w[out + i] +=
      factor *
      (2 * (acR * w[b + i] - acI * w[b + i + 1]) -
        (bcR * w[a + i] - bcI * w[a + i + 1]) -
        (abR * w[c + i] - abI * w[c + i + 1]))
    w[out + i + 1] +=
      factor *
      (2 * (acR * w[b + i + 1] + acI * w[b + i]) -
        (bcR * w[a + i + 1] + bcI * w[a + i]) -
        (abR * w[c + i + 1] + abI * w[c + i]))
  }
}

function contract(w: Float64Array, a: number, b: number, to: number): void {
  let re = w[a] * w[b] - w[a + 1] * w[b + 1]
  let im = w[a] * w[b + 1] + w[a + 1] * w[b]
  for (let k = 2; k < 8; k += 2) {
    re -= w[a + k] * w[b + k] - w[a + k + 1] * w[b + k + 1]
    im -= w[a + k] * w[b + k + 1] + w[a + k + 1] * w[b + k]
  }
  scratch[to] = re
  scratch[to + 1] = im
}
