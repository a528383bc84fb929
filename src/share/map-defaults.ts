import type { MapIntent } from './map-schema.ts'

/** What mapShape and compareSchemaOf() make of nothing; apart from the schema, which the first paint does not wait for. */
export const mapDefaults: MapIntent = {
  ...{ camera: null, selection: null, named: [], focus: null, neighbours: 10 },
  ...{ colourBy: 'class', classContours: false, tour: null },
}
export const compareDefaults = { align: true, trails: false, colour: 'as-explore' as const, cameras: {} }
