const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte
  for (let bit = 0; bit < 8; bit++)
    remainder = remainder & 1 ? (remainder >>> 1) ^ 0xedb88320 : remainder >>> 1
  return remainder
})

/** CRC-32; the checksum of gzip, PNG and Python's `zlib.crc32`. */
export function crc32OfBytes(bytes: Uint8Array): number {
  let sum = 0xffffffff
  for (const byte of bytes) sum = (sum >>> 8) ^ table[(sum ^ byte) & 0xff]
  return (sum ^ 0xffffffff) >>> 0
}

/** CRC-32 of the UTF-8 bytes as eight hex digits. */
export function crc32(text: string): string {
  return crc32OfBytes(new TextEncoder().encode(text)).toString(16).padStart(8, '0')
}
