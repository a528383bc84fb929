/** Most events of a set, and most sets of a model on the map; apart from the schema, which views do not wait for. */
export const mostPerSet = 50
export const mostSets = 2000
