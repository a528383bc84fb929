import { readFile } from 'node:fs/promises'
import { sha256Hex } from '../../numerics/sha256.ts'

/** What a run rests on: the hash of a grid's file, or the name of the app's own densities. */
export async function densityHash(path: string): Promise<string> {
  return path === 'default' ? path : await sha256Hex(new Uint8Array(await readFile(path)))
}
