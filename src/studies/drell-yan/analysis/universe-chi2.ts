/** chi2 between the measurement and whitened universes [count, bins]. */
export function chi2ToUniverses(whitened: Float32Array, universes: Float32Array): Float64Array {
  const bins = whitened.length
  return Float64Array.from({ length: universes.length / bins }, (_, u) => {
    let sum = 0
    for (let b = 0; b < bins; b++) sum += (whitened[b] - universes[u * bins + b]) ** 2
    return sum
  })
}
