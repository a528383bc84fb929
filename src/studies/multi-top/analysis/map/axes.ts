/** Principal axes of many columns, which further rows are laid along. */
export interface Axes {
  readonly mean: Float32Array // [columns]
  readonly axes: Float32Array // [components, columns]
}

/** Coordinates of rows along axes. @param values [rows, columns] @returns [rows, components] */
export function projected({ mean, axes }: Axes, values: Float32Array): Float32Array {
  const columns = mean.length
  const components = axes.length / columns
  const rows = values.length / columns
  const out = new Float32Array(rows * components)
  for (let r = 0; r < rows; r++)
    for (let k = 0; k < components; k++) {
      let sum = 0
      for (let c = 0; c < columns; c++) sum += (values[r * columns + c] - mean[c]) * axes[k * columns + c]
      out[r * components + k] = sum
    }
  return out
}
