/** The parts of hyparquet-compressors that are used; its index would fetch all of them. */
declare module 'hyparquet-compressors/src/gzip.js' {
  /** What does not fit into `output` is lost. */
  export function gunzip(input: Uint8Array, output: Uint8Array): Uint8Array
}

declare module 'hyparquet-compressors/src/brotli.js' {
  export function decompressBrotli(input: Uint8Array, outputLength: number): Uint8Array
}

declare module 'hyparquet-compressors/src/brotli.streams.js' {
  export class BrotliOutput {
    buffer: Uint8Array
    write(part: Uint8Array, count: number): number
  }
}
