/** What the points of compared maps are to the reader. */
export interface PointWords {
  /** "universe" */
  one: string
  /** "universes" */
  many: string
  /** What keeps a point out of averages: "with a negative linear spectrum". */
  leftOut: string
  /** "Universe 12" */
  nameOf(point: number): string
  /** On a chip: "12". */
  shortName(point: number): string
  /** Told when the keyboard's dot moves. */
  describe(point: number): string
  colourOf(point: number): string
}
