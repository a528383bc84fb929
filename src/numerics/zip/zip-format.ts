/**
 * The part of the zip format that is read and written: PKWARE, .ZIP File Format Specification 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16.
 * All numbers are little-endian.
 */
export const localHeader = { signature: 0x04034b50, bytes: 30 }
export const centralHeader = { signature: 0x02014b50, bytes: 46 }
export const endRecord = { signature: 0x06054b50, bytes: 22 }

/** How an entry is packed. */
export const stored = 0
export const deflated = 8

/** Of general purpose flags: names are UTF-8. */
export const utf8Flag = 1 << 11
/** Of general purpose flags: encrypted, in one way or another. */
export const encryptedFlags = (1 << 0) | (1 << 6) | (1 << 13)

/** 1 January 1980, 0:00, the first day there is: equal content makes equal files. */
export const fixedTime = 0
export const fixedDate = 0x21
