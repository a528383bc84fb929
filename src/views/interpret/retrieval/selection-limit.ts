/** Universes that a selection by number may hold; see share/schema.ts. */
export const selectionSchemaLimit = 500
