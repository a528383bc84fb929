/** Version of the link format; every change of meaning gets a migration and a frozen fixture. */
export const linkVersion = 2
