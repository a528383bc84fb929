import { sha256Hex } from '../../numerics/sha256.ts'
import {
  bundleVersion,
  manifestName,
  type BundledFile,
  type BundleJobs,
  type BundleManifest,
} from './bundle-format.ts'
import { packPlain } from './plain-file.ts'
import { writeZip, type ZipEntry } from './write-zip.ts'

/** Letters that every archive program and every system leaves alone. */
function plainName(name: string, taken: ReadonlySet<string>): string {
  const kept = name.replace(/[^A-Za-z0-9._+-]+/g, '-').replace(/^\.+/, '')
  const short = kept.length > 70 ? `${kept.slice(0, 40)}-${kept.slice(-29)}` : kept || 'file'
  for (let i = 1; ; i++) {
    const candidate = i === 1 ? short : `${i}-${short}`
    if (!taken.has(candidate.toLowerCase())) return candidate
  }
}

async function bytesOf(content: BundledFile['content']): Promise<Uint8Array<ArrayBuffer>> {
  if (typeof content === 'string') return new TextEncoder().encode(content)
  return content instanceof Blob ? new Uint8Array(await content.arrayBuffer()) : content
}

/**
 * A bundle: `theoryscape.json` (what it is, the link, what belongs to whom, the SHA-256 of every file), then the files as they were
 * dropped and the results as plain data, each item in a folder of its own.
 *
 * @throws AppError 'input/invalid' with both numbers where it would be more than is read again
 */
export async function packBundle({
  link,
  made,
  items,
}: BundleJobs['pack']['request']): Promise<Uint8Array<ArrayBuffer>> {
  const entries: ZipEntry[] = []
  const listed: BundleManifest['items'] = []
  const folders = new Map<string, number>()
  for (const { holds, ...about } of items) {
    const place = `${about.study}/${about.kind}`
    const count = (folders.get(place) ?? 0) + 1
    folders.set(place, count)
    const contents =
      'files' in holds
        ? await Promise.all(
            holds.files.map(async ({ name, content }) => ({ name, bytes: await bytesOf(content) })),
          )
        : [{ name: 'value.bin', bytes: await packPlain(holds.value) }]
    const taken = new Set<string>()
    const files: BundleManifest['items'][number]['files'] = []
    for (const { name, bytes } of contents) {
      const own = plainName(name, taken)
      taken.add(own.toLowerCase())
      const path = `${place}-${count}/${own}`
      entries.push({ path, bytes })
      files.push({ path, name, sha256: await sha256Hex(bytes) })
    }
    listed.push({ ...about, holds: 'files' in holds ? 'files' : 'value', files })
  }
  const manifest: BundleManifest = {
    ...{ format: 'theoryscape-bundle', version: bundleVersion, made, link },
    items: listed,
  }
  const text = new TextEncoder().encode(`${JSON.stringify(manifest, null, 1)}\n`)
  return writeZip([{ path: manifestName, bytes: text }, ...entries])
}
