/** Version of the link format; every change of meaning gets a migration and a frozen fixture. */
export const linkVersion = 2

/** How many generations of defaults there are (docs/links.md); links name the last. */
export const linkGeneration = 3
