/**
 * The smallest of some numbers, sorted, in linear time on average: Hoare's selection (Commun. ACM 4 (1961) 321), then a sort
 * of these alone. NaN has no place in an order and must not be among them.
 *
 * @param values  are put in another order
 * @param count   at most as many as there are values
 * @returns       [count] a view of the first values
 */
export function smallest(values: Float64Array, count: number): Float64Array {
  let [from, to] = [0, values.length - 1]
  while (from < to) {
    const [a, b, c] = [values[from], values[(from + to) >> 1], values[to]]
    const pivot = Math.max(Math.min(a, b), Math.min(Math.max(a, b), c))
    let [i, j] = [from, to]
    while (i <= j) {
      while (values[i] < pivot) i++
      while (values[j] > pivot) j--
      if (i > j) break
      const held = values[i]
      values[i++] = values[j]
      values[j--] = held
    }
    if (count - 1 <= j) to = j
    else if (count - 1 >= i) from = i
    else break
  }
  return values.subarray(0, count).sort()
}
