/** File formats the app can tell apart by their first bytes, whatever the file is called. */
export type FileFormat =
  | 'empty'
  | 'npy'
  | 'parquet'
  | 'zip'
  | 'gzip'
  | 'zstd'
  | 'hdf5'
  | 'root'
  | 'pickle'
  | 'fits'
  | 'arrow'
  | 'pdf-document'
  | 'image'
  | 'html'
  | 'json'
  | 'lhagrid'
  | 'utf16'
  | 'text'
  | 'binary'

const names: Record<FileFormat, string> = {
  empty: 'an empty file',
  npy: 'a NumPy array (.npy)',
  parquet: 'a Parquet table',
  zip: 'a zip archive (.zip or .npz)',
  gzip: 'a gzip-compressed file',
  zstd: 'a Zstandard-compressed file',
  hdf5: 'an HDF5 file',
  root: 'a ROOT file',
  pickle: 'a Python pickle',
  fits: 'a FITS file',
  arrow: 'an Arrow/Feather file',
  'pdf-document': 'a PDF document',
  image: 'an image',
  html: 'a web page (HTML)',
  json: 'a JSON document',
  lhagrid: 'an LHAPDF grid (lhagrid1)',
  utf16: 'text in UTF-16',
  text: 'text',
  binary: 'a binary file of unknown kind',
}

/** A format in words with its article, for messages. */
export function describeFormat(format: FileFormat): string {
  return names[format]
}

const magics: [FileFormat, string][] = [
  ['npy', '\x93NUMPY'],
  ['parquet', 'PAR1'],
  ['zip', 'PK\x03\x04'],
  ['zip', 'PK\x05\x06'],
  ['gzip', '\x1f\x8b'],
  ['zstd', '\x28\xb5\x2f\xfd'],
  ['hdf5', '\x89HDF\r\n\x1a\n'],
  ['root', 'root\x00'],
  ['pickle', '\x80\x02'],
  ['pickle', '\x80\x03'],
  ['pickle', '\x80\x04\x95'],
  ['pickle', '\x80\x05\x95'],
  ['fits', 'SIMPLE  ='],
  ['arrow', 'ARROW1'],
  ['pdf-document', '%PDF-'],
  ['image', '\x89PNG\r\n'],
  ['image', '\xff\xd8\xff'],
  ['utf16', '\xff\xfe'],
  ['utf16', '\xfe\xff'],
]

/** What a file is, judged by at most its first four kilobytes. */
export function sniffFormat(bytes: Uint8Array): FileFormat {
  if (bytes.length === 0) return 'empty'
  const head = latin1(bytes.subarray(0, 4096))
  for (const [format, magic] of magics) if (head.startsWith(magic)) return format

  const nuls = head.split('\x00').length - 1
  if (nuls > 0) return nuls > head.length / 4 && looksWide(head) ? 'utf16' : 'binary'
  const start = head.replace(/^\xef\xbb\xbf/, '').trimStart()
  if (/^<(!doctype|html|head|body|\?xml|!--|script|meta)/i.test(start)) return 'html'
  if (/^[{[]/.test(start)) return 'json'
  if (/^PdfType:|^Format:\s*lhagrid1/m.test(start.slice(0, 400))) return 'lhagrid'
  return hasControlCharacters(start) ? 'binary' : 'text'
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes)
}

/** UTF-16 without a byte order mark: every other byte of western text is zero, the rest is printable. */
function looksWide(head: string): boolean {
  const even = Array.from(head).filter((_, i) => i % 2 === 0)
  const odd = Array.from(head).filter((_, i) => i % 2 === 1)
  return [
    [even, odd],
    [odd, even],
  ].some(
    ([zeros, letters]) =>
      zeros.filter((c) => c === '\x00').length > 0.8 * zeros.length &&
      !hasControlCharacters(letters.join('')),
  )
}

function hasControlCharacters(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 32 && ![9, 10, 12, 13].includes(code)) return true
  }
  return false
}
