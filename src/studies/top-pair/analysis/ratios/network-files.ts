/** The files of one network, from wherever they were kept. */
export interface NetworkFiles {
  /** For messages and the result: the folder. */
  name: string
  card: string
  weights: Uint8Array<ArrayBuffer>
  /** run.json, where it is there. */
  run: string | null
}
