/** What a lesson can ask of the page; null where it is not known, or not yet. */
export type Fact = number | string | boolean | null

/** Facts of one study by name. */
export type Facts = Readonly<Record<string, Fact>>
