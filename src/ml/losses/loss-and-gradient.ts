export interface LossAndGradient {
  value: number
  gradient: Float64Array // [rows, dim], dL/dz
}
