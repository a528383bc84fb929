const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte
  for (let bit = 0; bit < 8; bit++)
    remainder = remainder & 1 ? (remainder >>> 1) ^ 0xedb88320 : remainder >>> 1
  return remainder
})

/** CRC-32 of the UTF-8 bytes as eight hex digits; the checksum of gzip, PNG and Python's `zlib.crc32`. */
export function crc32(text: string): string {
  let sum = 0xffffffff
  for (const byte of new TextEncoder().encode(text)) sum = (sum >>> 8) ^ table[(sum ^ byte) & 0xff]
  return ((sum ^ 0xffffffff) >>> 0).toString(16).padStart(8, '0')
}
