import type { OpenDataset } from '../../state/drell-yan-state.ts'
import type { PointWords } from '../../../../ui/map/point-words.ts'
import { familyColours } from '../explore/map-colours.ts'

/** What universes are called where maps of them are compared. */
export function universeWords({ shape }: OpenDataset['header']): PointWords {
  return {
    one: 'universe',
    many: 'universes',
    leftOut: 'with a negative linear spectrum',
    nameOf: (universe) => (universe === 0 ? 'Standard Model' : `Universe ${universe}`),
    shortName: (universe) => (universe === 0 ? 'SM' : String(universe)),
    describe: (universe) =>
      `Universe ${universe}, distance ${shape.distance[universe].toPrecision(3)} sigma to the Standard Model`,
    colourOf: (universe) => familyColours[shape.family[universe]],
  }
}
