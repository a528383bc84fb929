/** When and with what a result was made that the page ships, to be seen until a person makes one. */
export interface Recorded {
  /** Day on which it was made, as 2026-01-31. */
  date: string
  /** Name and version of the product. */
  made: string
}
