import { sniffFormat } from '../../dataset/sniff.ts'

/** What is read of a file to tell what it holds: of text, where the run card of a Les Houches file comes first; of Parquet, its end. */
const readBytes = { sniffed: 4096, text: 1 << 20, packed: 1 << 18, footer: 1 << 16 }

/** What the beginning (of Parquet the end) of a file says about events in it. */
export interface FileSigns {
  kind: 'dark-machines' | 'lhe' | 'table'
  /** PDG numbers of the final particles of the first event of a Les Houches file. */
  particles: readonly number[]
  /** Words of the header of a table, names of its columns among them. */
  words: ReadonlySet<string>
}

/** Les Houches files, by their beginning. */
export const isLhe = (start: string): boolean =>
  /^\s*(<\?xml[^>]{0,200}>\s*)?<LesHouchesEvents/.test(start.slice(0, 2000))

/** Lines of the Dark Machines challenge: five fields at least, in a table of numbers none has a comma inside. */
export function isDarkMachines(start: string): boolean {
  const first = firstLine(start)
  return /^[^;]*;[^;]*;[^;]*;[^;]*;[^;]*(;|$)/.test(first) && /;\s*(j|b|e[-+]|m[-+]|g),/.test(start)
}

/** Nothing of it is unpacked or parsed but what is needed to tell. @returns null for files that say nothing of events */
export async function fileSigns(file: File): Promise<FileSigns | null> {
  const format = sniffFormat(new Uint8Array(await file.slice(0, readBytes.sniffed).arrayBuffer()))
  if (format === 'parquet') return table(await latin1(file.slice(-readBytes.footer)))
  if (format !== 'text' && format !== 'html' && format !== 'gzip') return null
  const text = format === 'gzip' ? await unpackedStart(file) : await file.slice(0, readBytes.text).text()
  if (isLhe(text)) return { kind: 'lhe', particles: particlesOf(text), words: new Set() }
  const start = text.slice(0, readBytes.sniffed)
  if (isDarkMachines(start)) return { kind: 'dark-machines', particles: [], words: new Set() }
  return table(firstLine(start))
}

const firstLine = (text: string): string =>
  text.split('\n').find((line) => line.trim() !== '' && !/^\s*(#|sep=)/i.test(line)) ?? ''

const table = (text: string): FileSigns => ({
  ...{ kind: 'table', particles: [] },
  words: new Set(text.match(/[A-Za-z][\w-]*/g) ?? []),
})

/** Final particles of the first event: IDUP of the lines whose ISTUP is 1. */
function particlesOf(text: string): number[] {
  // A header may speak of events.
  const header = Math.max(0, text.lastIndexOf('</init>'))
  const from = header + text.slice(header).search(/<event[\s>]/)
  if (from < header) return []
  const lines = text.slice(from, from + readBytes.footer).split('\n')
  const end = lines.findIndex((line) => /<\/event>|^\s*<(?!event)/.test(line))
  return lines
    .slice(2, end < 0 ? undefined : end)
    .map((line) => line.trim().split(/\s+/))
    .filter(([, status]) => status === '1' || status === '2')
    .map(([id]) => Number(id))
}

const latin1 = async (part: Blob): Promise<string> =>
  new TextDecoder('latin1').decode(await part.arrayBuffer())

/** The beginning of what is packed with gzip; empty where that is damaged, which who reads the file will say. */
export async function unpackedStart(file: File): Promise<string> {
  const stream = file.slice(0, readBytes.packed).stream().pipeThrough(new DecompressionStream('gzip'))
  const reader = stream.getReader()
  const decoder = new TextDecoder()
  let text = ''
  try {
    while (text.length < readBytes.text) {
      const { done, value } = await reader.read()
      if (done) break
      text += decoder.decode(value, { stream: true })
    }
  } catch {
    // Cut in the middle, as it must be where the file is longer than what is read of it.
  }
  void reader.cancel().catch(() => undefined)
  return text
}
