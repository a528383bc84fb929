/** Events of each class on a map: t-SNE takes all pairs of 2,000 in ten seconds. */
export const perClassLimits = { least: 20, most: 400 } as const
/** Neighbours that count in t-SNE; three times as many events must be there. */
export const perplexityLimits = { least: 5, most: 100 } as const
/** Where an object can be dragged: pT [GeV] and η. */
export const movedLimits = { pt: [5, 2000], eta: [-2.8, 2.8] } as const
export const trainingLimits = { labels: { least: 200, most: 105_000 }, epochs: 100 } as const
