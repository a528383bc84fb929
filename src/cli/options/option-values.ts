import type { Option, OptionTable, Range, WindowRange } from './option.ts'

/** Words that may stand in place of what is usual. */
type Or<O> = O extends { or: readonly (infer Word extends string)[] } ? Word : never

/** Of a name=value: a number, both ends of a window [low, high], or a word of its own. */
type PairValue<O, Name, R> =
  | (R extends WindowRange ? [low: number, high: number] : number)
  | (O extends { orValue: infer Words } ? (Name extends keyof Words ? Words[Name] & string : never) : never)

type PairValues<O, Names extends Readonly<Record<string, Range | WindowRange>>> = string extends keyof Names
  ? Record<string, PairValue<O, string, Names[string]>>
  : { [Name in keyof Names]?: PairValue<O, Name, Names[Name]> }

/** What one option is to its command, numbers in the unit of its line in the table. */
export type OptionValue<O extends Option> =
  | Or<O>
  | (O extends { kind: 'flag' }
      ? boolean
      : O extends { kind: 'number' }
        ? number
        : O extends { kind: 'numbers' }
          ? number[]
          : O extends { kind: 'tuple'; parts: infer Parts }
            ? { -readonly [K in keyof Parts]: number }
            : O extends {
                  kind: 'pairs'
                  names: infer Names extends Readonly<Record<string, Range | WindowRange>>
                }
              ? PairValues<O, Names>
              : O extends { kind: 'mapping' }
                ? Record<string, string>
                : O extends { kind: 'choice'; choices: readonly (infer Choice)[] }
                  ? Choice
                  : O extends { kind: 'choices'; choices: readonly (infer Choice)[] }
                    ? Choice[]
                    : O extends { kind: 'files' | 'folders' | 'words' }
                      ? string[]
                      : string)

/** Options that are there whatever is typed. */
type Present<T extends OptionTable> = {
  [K in keyof T]: T[K] extends { kind: 'flag' } | { required: true } | { default: string } ? K : never
}[keyof T]

/** Options of a command by name, as its table types them: those without a default are absent where nothing is typed. */
export type OptionValues<T extends OptionTable> = {
  [K in Present<T>]: OptionValue<T[K]>
} & {
  [K in Exclude<keyof T, Present<T>>]?: OptionValue<T[K]>
}

/** Options by name as they were typed, or as the table says without; flags that are given are 'true'. */
export type OptionTexts = Readonly<Record<string, string | undefined>>
