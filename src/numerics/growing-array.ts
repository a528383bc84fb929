/** Numbers collected one by one in eight bytes each, where a plain list would take several times as many. */
export interface GrowingArray {
  push(value: number): void
  readonly length: number
  /** What was collected; shares memory with what goes on growing. */
  finish(): Float64Array<ArrayBuffer>
}

export function createGrowingArray(): GrowingArray {
  let data = new Float64Array(1024)
  let length = 0
  return {
    push(value) {
      if (length === data.length) {
        const larger = new Float64Array(2 * length)
        larger.set(data)
        data = larger
      }
      data[length++] = value
    },
    get length() {
      return length
    },
    finish: () => data.subarray(0, length),
  }
}
