/** The part of JSROOT that reads ROOT files (jsroot/io has no types of its own); what it gives is checked by schemas. */
declare module 'jsroot/io' {
  /** Where the bytes of a file come from. */
  export class FileProxy {
    openFile(): Promise<boolean>
    getFileName(): string
    getFileSize(): number
    readBuffer(position: number, length: number): Promise<DataView>
  }

  export interface TFile {
    fKeys: unknown
    /** Descriptions of the classes in the file. */
    fStreamerInfos: unknown
    readKeys(): Promise<TFile>
    /** The bytes of the object of a key, unpacked. */
    readObjBuffer(key: unknown): Promise<TBuffer>
    readObject(path: string, cycle: number): Promise<unknown>
  }

  export class TBuffer {
    constructor(bytes: DataView, position: number, file: TFile)
    /** Position of what is read next. */
    o: number
    fTagOffset: number
    mapObject(tag: number, object: object): void
    classStreamer<T extends object>(object: T, className: string): T
  }

  export function openFile(proxy: FileProxy): Promise<TFile | false>

  /** Unpacks a row of compressed blocks; null where they are damaged. */
  export function R__unzip(packed: DataView, length: number, quiet: boolean): Promise<DataView | null>
}

declare module 'jsroot/core' {
  export const internals: { _ZstdStream?: { decompress(packed: Uint8Array): Uint8Array } }
}
