import { eventFeatureNames } from '../analysis/features/event-features.ts'

/** Unit of a table's column; none for counts. */
export const unitText = (unit: string): string | undefined => unit || undefined

/** Title of an axis or a column: "MET [GeV]". */
export function featureTitle(place: number): string {
  const { label, unit } = eventFeatureNames[place]
  return unit ? `${label} [${unit}]` : label
}

/** Place of a feature by its id; the first for one that nobody knows, as an old link may name. */
export const featurePlace = (id: string): number =>
  Math.max(
    0,
    eventFeatureNames.findIndex((feature) => feature.id === id),
  )

export const featureLabels: Readonly<Record<string, string>> = Object.fromEntries(
  eventFeatureNames.map(({ id }, place) => [id, featureTitle(place)]),
)
