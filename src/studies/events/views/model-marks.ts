import type { PointWords } from '../../../ui/map/point-words.ts'
import type { ColourLegend } from '../../../ui/map/MapLegend.tsx'
import type { PointShape } from '../../../ui/map/types.ts'
import { classColours, liveColour, petroff10 } from '../../../ui/plots/palettes.ts'
import type { ShownModel } from '../state/shown-models.ts'

const shapes: readonly PointShape[] = ['disc', 'square', 'triangle', 'diamond']

const fileColours = petroff10.slice(5)

/** How the dots of a model are drawn. */
export interface ModelMark extends ShownModel {
  colour: string
  shape: PointShape
}

/** Of a file of events, the k-th. */
export const fileMark = (label: string, k: number): ModelMark => ({
  ...{
    id: `file-${k}`,
    label,
    family: 'files',
    colour: fileColours[k % fileColours.length],
    shape: 'diamond',
  },
})

/** Of the live model: a colour that no family has. */
export const liveMark = (label: string): ModelMark => ({
  ...{ id: 'live', label, family: 'live', colour: liveColour, shape: 'diamond' },
})

/** A colour for each family, and within it a shape for each model. */
export function modelMarks(models: readonly ShownModel[]): ModelMark[] {
  const families = [...new Set(models.map(({ family }) => family))]
  const colours = classColours(families.length)
  const members = new Map<string, number>()
  return models.map((model) => {
    const member = members.get(model.family) ?? 0
    members.set(model.family, member + 1)
    return {
      ...model,
      colour: colours[families.indexOf(model.family)],
      shape: shapes[member % shapes.length],
    }
  })
}

/** @param hidden  models that are not on the map */
export const marksLegend = (marks: readonly ModelMark[], hidden: readonly string[] = []): ColourLegend => ({
  kind: 'classes',
  entries: marks.map(({ id, label, colour, shape }) => ({
    ...{ id, label, colour, shape, hidden: hidden.includes(id) },
  })),
})

/** How sets are called. @param modelOf  place in marks of a set */
export function setWords(marks: readonly ModelMark[], modelOf: (set: number) => number): PointWords {
  const of = (set: number) => marks[modelOf(set)]
  return {
    ...{ one: 'set', many: 'sets', leftOut: '', shortName: String },
    nameOf: (set) => `Set ${set}, ${of(set).label}`,
    describe: (set) => `Set ${set} of ${of(set).label}`,
    colourOf: (set) => of(set).colour,
  }
}
