/** Vertices of a region that a link carries; apart from the schema, which the first paint does not wait for. */
export const mostVertices = 200
