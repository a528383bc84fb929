/** A value on its way out together with the buffers that move rather than being copied. */
export class Transferred<T> {
  readonly value: T
  readonly buffers: Transferable[]

  constructor(value: T, buffers: Transferable[]) {
    this.value = value
    this.buffers = buffers
  }
}

/** What a handler may yield or return: the value, or the value with buffers to move. */
export type Sent<T> = T | Transferred<T>

/** Marks buffers of a progress report or a result to be moved: the handler loses them. */
export function transfer<T>(value: T, buffers: Transferable[]): Transferred<T> {
  return new Transferred(value, buffers)
}
