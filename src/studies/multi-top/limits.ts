/** Events of each class on a map: t-SNE takes all pairs of 2,000 in ten seconds. */
export const perClassLimits = { least: 20, most: 400 } as const
/** Neighbours that count in t-SNE; three times as many events must be there. */
export const perplexityLimits = { least: 5, most: 100 } as const
