/** Classes of the dataset, each with its sample; the place is the number of top quarks. */
export const topClasses = [0, 1, 2, 3, 4].map((tops) => ({
  id: `multitop-${tops}t`,
  label: tops === 1 ? '1 top' : `${tops} tops`,
}))

export const multiTopDataset = { id: 'top-multiplicity', title: 'Top multiplicity' } as const

/** Address of a sample's manifest; absolute, because workers resolve relative ones elsewhere. */
export const sampleUrl = (page: string, id: string): string => new URL(`samples/${id}.json`, page).href

/** Two processes of two tops each, which a fine-tuning tells apart. */
const pairLabels: Record<string, string> = { tth: 'tt̄H', ttz: 'tt̄Z' }

/** Name of a class of a transformer; of one that is not shipped, its id. */
export const className = (id: string): string =>
  topClasses.find((each) => each.id === id)?.label ?? pairLabels[id] ?? id
