// Configurations of a subset of legs: one helicity each, as a mixed-radix number, the first leg's fastest.

/** Number of configurations of the legs in `mask`. */
export function configurationsOf(mask: number, helicities: readonly number[]): number {
  return helicities.reduce((product, count, leg) => ((mask >> leg) & 1 ? product * count : product), 1)
}

/** For each configuration of the legs in `mask`, the one of the subset `part` that it holds. */
export function configurationsWithin(mask: number, part: number, helicities: readonly number[]): Int32Array {
  const places = new Int32Array(configurationsOf(mask, helicities))
  for (let i = 0; i < places.length; i++) {
    let rest = i
    let stride = 1
    for (let leg = 0; leg < helicities.length; leg++) {
      if (((mask >> leg) & 1) === 0) continue
      const helicity = rest % helicities[leg]
      rest = Math.floor(rest / helicities[leg])
      if (((part >> leg) & 1) === 0) continue
      places[i] += stride * helicity
      stride *= helicities[leg]
    }
  }
  return places
}
