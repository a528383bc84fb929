/** Most events of a set, and most sets of a model on the map. These lie apart from the schema, which views do not wait for. */
export const mostPerSet = 50
export const mostSets = 2000
/** Models of the dataset of one's own files. */
export const fewestOwnFiles = 2
export const mostOwnFiles = 40
/** Models that stand for all others of a dataset. */
export const mostRepresentatives = 12
/** Files that are on the map of a shipped dataset at most, beside its models. */
export const mostPlaced = 6
