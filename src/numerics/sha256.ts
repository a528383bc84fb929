// Round constants and start values of SHA-256: the leading 32 bits of the fractional parts of the cube
// roots of the first 64 primes and of the square roots of the first 8 (FIPS 180-4, sections 4.2.2, 5.3.3).
const primes = firstPrimes(64)
const roundConstants = Uint32Array.from(primes, (p) => fractionBits(cubeRoot(p)))
const startValues = Uint32Array.from(primes.slice(0, 8), (p) => fractionBits(Math.sqrt(p)))

function firstPrimes(count: number): number[] {
  const found: number[] = []
  for (let n = 2; found.length < count; n++) if (found.every((p) => n % p !== 0)) found.push(n)
  return found
}

// One Newton step makes the last digits independent of how well an engine computes Math.cbrt.
function cubeRoot(p: number): number {
  const root = Math.cbrt(p)
  return root - (root * root * root - p) / (3 * root * root)
}

function fractionBits(x: number): number {
  return Math.floor((x - Math.floor(x)) * 2 ** 32)
}

const rotateRight = (x: number, n: number) => (x >>> n) | (x << (32 - n))

function compress(state: Uint32Array, schedule: Uint32Array): void {
  for (let t = 16; t < 64; t++) {
    const w15 = schedule[t - 15]
    const w2 = schedule[t - 2]
    const s0 = rotateRight(w15, 7) ^ rotateRight(w15, 18) ^ (w15 >>> 3)
    const s1 = rotateRight(w2, 17) ^ rotateRight(w2, 19) ^ (w2 >>> 10)
    schedule[t] = schedule[t - 16] + s0 + schedule[t - 7] + s1
  }
  let [a, b, c, d, e, f, g, h] = state
  for (let t = 0; t < 64; t++) {
    const sum1 = rotateRight(e, 6) ^ rotateRight(e, 11) ^ rotateRight(e, 25)
    const t1 = (h + sum1 + ((e & f) ^ (~e & g)) + roundConstants[t] + schedule[t]) | 0
    const sum0 = rotateRight(a, 2) ^ rotateRight(a, 13) ^ rotateRight(a, 22)
    const t2 = (sum0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + t1) | 0
    d = c
    c = b
    b = a
    a = (t1 + t2) | 0
  }
  const next = [a, b, c, d, e, f, g, h]
  for (let i = 0; i < 8; i++) state[i] += next[i]
}

/** SHA-256 in plain TypeScript, as lower-case hex. Source: FIPS 180-4, section 6.2. */
export function sha256InScript(bytes: Uint8Array): string {
  const state = startValues.slice()
  const schedule = new Uint32Array(64)
  const padded = new Uint8Array(64 * Math.ceil((bytes.length + 9) / 64) - 64 * Math.floor(bytes.length / 64))
  const tailStart = 64 * Math.floor(bytes.length / 64)
  padded.set(bytes.subarray(tailStart))
  padded[bytes.length - tailStart] = 0x80
  const tail = new DataView(padded.buffer)
  tail.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29))
  tail.setUint32(padded.length - 4, bytes.length * 8)

  const head = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (const [view, length] of [[head, tailStart] as const, [tail, padded.length] as const]) {
    for (let block = 0; block < length; block += 64) {
      for (let t = 0; t < 16; t++) schedule[t] = view.getUint32(block + 4 * t)
      compress(state, schedule)
    }
  }
  return Array.from(state, (word) => word.toString(16).padStart(8, '0')).join('')
}

/**
 * SHA-256 as lower-case hex, by the browser where it offers one.
 * `crypto.subtle` is missing on pages served over plain http from anything but localhost (a classroom
 * server); there our own implementation checks the files instead.
 */
export async function sha256Hex(bytes: Uint8Array): Promise<string> {
  const subtle = globalThis.crypto?.subtle as SubtleCrypto | undefined
  if (!subtle) return sha256InScript(bytes)
  const digest = await subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
