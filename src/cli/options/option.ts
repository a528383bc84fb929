/** What a number may be, both ends included. */
export interface Range {
  min: number
  max: number
  unit?: string
  integer?: boolean
  /** Why no further, told where a value lies beyond. */
  reason?: string
}

/** Two rising numbers with a colon between them, such as 76:106. */
export interface WindowRange extends Range {
  window: true
}

type Kind =
  | { kind: 'flag' }
  /** A number, or one of the words in `or`. */
  | ({ kind: 'number'; or?: readonly string[] } & Range)
  /** Comma-separated numbers of one range. */
  | ({ kind: 'numbers'; least: number; most: number; or?: readonly string[] } & Range)
  /** Comma-separated numbers, each with a name and range of its own. */
  | { kind: 'tuple'; parts: readonly ({ name: string } & Range)[] }
  /** Comma-separated name=value. */
  | {
      kind: 'pairs'
      /** What the names are, as in "coefficient". */
      what: string
      names: Readonly<Record<string, Range | WindowRange>>
      /** In place of all pairs. */
      or?: readonly string[]
      /** In place of a value. */
      orValue?: Readonly<Record<string, string>>
      /** May be given several times, which adds up. */
      repeats?: true
    }
  /** Comma-separated name=text, each name once; what the texts name lies in a file. */
  | { kind: 'mapping'; what: string; names: readonly string[] }
  | { kind: 'choice'; choices: readonly string[] }
  /** Comma-separated words, each once. */
  | { kind: 'choices'; choices: readonly string[] }
  | { kind: 'text'; most: number }
  /** Comma-separated words, whose meaning the command knows; as many letters in all. */
  | { kind: 'words'; most: number }
  /** A name that is safe in addresses and paths. */
  | { kind: 'id' }
  /** A file to read, or one of the words in `or`; with `folderToo`, a folder as well. */
  | { kind: 'file'; what: string; or?: readonly string[]; folderToo?: true }
  /** Comma-separated files to read. */
  | { kind: 'files'; what: string }
  /** A folder with a certain file in it, or the name of one among those that are shipped. */
  | { kind: 'folder'; what: string; holds: string; shippedIn?: string; cure: string }
  /** With `within`, also folders that such folders lie in. */
  | { kind: 'folders'; what: string; holds: string; cure: string; within?: true }
  /** What is written: its place is looked at before the work begins. */
  | { kind: 'output'; what: 'file' | 'folder' | 'prefix'; fileEnding?: string }

/** One option: what it may be, what it is without being given, whether it must be, and what --help says of it. */
export type Option = Kind & { help: string } & (
    { default?: string; required?: undefined } | { required: true; default?: undefined }
  )

/**
 * All options of one command by name. The same table parses and checks what is typed, gives
 * commands the types of their values (`OptionValues`), makes --help, and is walked by the tests. An option is given once, but for pairs that repeat; several values stand in one list with commas.
 */
export type OptionTable = Readonly<Record<string, Option>>
