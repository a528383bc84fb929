import { expect, it } from 'vitest'
import { readCsv } from './dataset/csv.ts'
import { parseManifest } from './dataset/manifest-loader.ts'
import { readNpy } from './dataset/npy.ts'
import { readParquet } from './dataset/parquet.ts'
import { unpack } from './dataset/root/unpack.ts'
import { sniffFormat } from './dataset/sniff.ts'
import { AppError } from './errors.ts'
import { createLheReader } from './generator/lhe.ts'
import { readClassifierFiles } from './ml/classifier/classifier-files.ts'
import { readModelFiles } from './ml/model-files.ts'
import { parseRatioCard } from './ml/ratio/ratio-card.ts'
import { parsePointsFile } from './physics/amplitudes/points-file.ts'
import { parseLhaInfo } from './physics/pdf/lha-info.ts'
import { parseLhaGrid } from './physics/pdf/lhagrid.ts'
import { readWcxf } from './physics/smeft/wcxf.ts'
import { readYaml } from './physics/smeft/wcxf-yaml.ts'
import { readNumber } from './share/link-format.ts'
import { readFrame } from './share/link-frame.ts'
import { linkInPicture } from './share/picture-link.ts'
import { parseUntrustedObject } from './share/untrusted-json.ts'
import { parseMeasurement } from './studies/drell-yan/analysis/measurement-file.ts'
import { headerPoints } from './studies/top-pair/analysis/lhe-header.ts'
import { benchmarksFromNames, parseBenchmarks } from './studies/top-pair/analysis/lhe-benchmarks.ts'
import { processorMs } from './testing/processor-time.ts'

/** Long enough that complaints about each, which take their time, are some thousands. */
const wrong = `"${'x'.repeat(250)}",`
const bytes = (text: string) => new TextEncoder().encode(text)
const csv = (text: string) => readCsv(bytes(text))
const info = (text: string) => parseLhaInfo(text, 'SET.info')
const grid = (text: string) => parseLhaGrid(text, 'SET')
const wcxf = (text: string) => readWcxf(text, 'f')
const yaml = (text: string) => readYaml(text, 'f')
const lhe = (text: string) => [...createLheReader('f').push(text)]
const latin1 = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'))
const picture = (text: string) => linkInPicture(latin1(text))
const png = '\x89PNG\r\n\x1a\n'
/** An object of a ROOT file that announces one byte more than its packed blocks hold. */
const packed = (text: string) => {
  const { buffer, byteLength } = latin1(text)
  return unpack(new DataView(buffer, 0, byteLength), 1, 'an object')
}
const npy = (text: string) => readNpy(latin1(text))
/** A Parquet file that is nothing but its description. */
const footer = (text: string) => {
  const length = Buffer.alloc(4)
  length.writeUInt32LE(text.length)
  return readParquet(latin1(`PAR1${text}${length.toString('latin1')}PAR1`))
}
const manifest = (text: string) => parseManifest(bytes(text), 'f')
const weights = new Uint8Array(4)
const encoder = (card: string) => readModelFiles({ card, model: '{}', weights })
const classifier = (card: string) => readClassifierFiles({ card, weights })
const listed = (model: string) => readClassifierFiles({ card: model, model, weights })
const measurement = (text: string) => parseMeasurement(JSON.parse(text))
const benchmarks = (text: string) => parseBenchmarks(JSON.parse(text), 'f')

/** Readers with what is worst for them: a beginning, what is repeated up to the length, and an end. */
const worst: [what: string, read: (text: string) => unknown, start: string, again: string, end: string][] = [
  ['a table, digits', csv, '1,2\n', '1', 'x\n3,4\n'],
  ['a table, line ends', csv, '', '\n', ''],
  ['a table, quotes', csv, '"', '""', ''],
  ['a table, blanks', csv, '1', ' ', '2 x\n'],
  ['a table, edges', csv, '# edges', ' ', '\u2028\n1,2\n'],
  ['a table, rows', csv, 'a,b\n', '1.5,2e3\n', ''],
  ['.info, blanks', info, 'SetDesc:', ' ', 'x\ry'],
  ['.info, quotes', info, 'SetDesc: "', '"#', '\ry'],
  ['.info, quotes and blanks', info, 'SetDesc: "', '"  ', 'x'],
  ['.info, brackets', info, 'AlphaS_Qs: [', ']#', '\ry'],
  ['.info, lines', info, 'SetDesc: a\n', 'b\n', ''],
  ['.info, hashes', info, 'SetDesc: a', '#', ''],
  ['a grid, header', grid, 'Format: lhagrid1\n', 'a: b\n', '---\n'],
  ['a grid, header of one line', grid, 'Format', ' ', ': lhagrid1\n---\n'],
  ['a grid, knots', grid, 'Format: lhagrid1\n---\n', '1 ', '\n'],
  ['a grid, digits', grid, 'Format: lhagrid1\n---\n', '1', '\n'],
  ['WCxf, digits', wcxf, '{"eft":"SMEFT","basis":"Warsaw","scale":91,"values":{"phiD":"', '1', 'x"}}'],
  ['WCxf, keys', wcxf, '{"eft":"SMEFT","basis":"Warsaw","scale":91,"values":{', '"a":1,', '"b":2}}'],
  ['YAML, an open list', yaml, 'values: [', ' 1,\n', ''],
  ['YAML, an open quote', yaml, 'values: "', ' a\n', ''],
  ['YAML, an open quote of backslashes', yaml, 'values: "', ' \\\\\n', ''],
  ['YAML, quotes in a list', yaml, 'values: [', " 'a',\n", ''],
  ['YAML, brackets', yaml, 'values: ', '[', ''],
  ['YAML, dashes', yaml, '', '- ', ''],
  ['YAML, blank lines and directives', yaml, '', '\n%\n', ''],
  ['YAML, text', yaml, 'a: |\n', ' b\n', ''],
  ['YAML, long text', yaml, 'a: b\n', '  b\n', ''],
  ['YAML, digits', yaml, 'a: ', '1', ''],
  ['YAML, line ends', yaml, '', '\n', 'a: 1'],
  ['YAML, names', yaml, '', 'a: 1\n', ''],
  ['YAML, names in braces', yaml, '{', 'a: {},\n', '}'],
  ['YAML, commas', yaml, '[', ',\n', ''],
  ['YAML, ends of braces', yaml, '', '}\n', ''],
  ['YAML, anchors', yaml, '', '&a\n', ''],
  ['YAML, aliases', yaml, 'a: &a 1\nb:\n', ' - *a\n', ''],
  ['YAML, aliases of aliases', yaml, 'a: &a [1]\n', 'a: &a [*a, *a]\n', ''],
  ['YAML, comments', yaml, '', '#\n', 'a: 1'],
  ['YAML, folded text', yaml, 'a: >\n', '  b\n\n', ''],
  ['YAML, one line', yaml, 'a: [', '1, ', ']'],
  ['events, header', lhe, '<LesHouchesEvents>\n', '<a>', '\n'],
  ['events, open', lhe, '<LesHouchesEvents>\n<event>\n', '1 ', '\n'],
  ['events, weights', lhe, '<LesHouchesEvents>\n<event>\n1 0 1 1 1 1\n', '<wgt id="', '\n</event>'],
  ['events, comments', lhe, '<LesHouchesEvents>\n', '<!-- ', '\n<event>\n'],
  ['events, character data', lhe, '<LesHouchesEvents>\n', '<![CDATA[ ]]', '\n<event>\n'],
  ['events, tags in comments', lhe, '<LesHouchesEvents>\n', '<!-- <event> -->\n', ''],
  ['cards of reweighting', headerPoints, 'BLOCK DIM6\n5 0 # ctd8\n', '<weight id="', '>'],
  ['entries of cards', headerPoints, 'BLOCK DIM6\n', '5 0 # ctd8\n', ''],
  ['names of weights', (text) => benchmarksFromNames([text]), 'td8=1', ',td8=1', ''],
  ['a picture, hashes', picture, 'link: ', '#', ' \n'],
  ['a picture, blanks', picture, '<svg><!--\nlink: ', ' ', '#'],
  ['a picture, dashes', picture, '<svg><!--\nlink: ', '- ', '#v=1'],
  ['a picture, chunks', picture, png, '\0\0\0\x01tEXtx\0\0\0\0', ''],
  ['npy, header', npy, '\x93NUMPY\x02\0\0\xf0\0\0{', ' ', ''],
  ['npy, shape', npy, "\x93NUMPY\x02\0\0\xf0\0\0{'shape': (", '1, ', ''],
  ['ROOT, packed blocks', packed, '', 'L4\x01\x01\0\0\0\0\0\0', ''],
  ['ROOT, zeros', packed, 'XZ\0\xff\xff\xff\0\0\0', '\0', ''],
  ['Parquet, structures', footer, '', '\x1c', ''],
  ['Parquet, lists', footer, '\x15\x02', '\x19\x1c', ''],
  ['Parquet, long lists', footer, '', '\x19\xfc\xff\x7f', ''],
  ['Parquet, numbers', footer, '', '\x15\x02', ''],
  ['a manifest, entries', manifest, '{"schemaVersion":1,"operators":[', wrong, '2]}'],
  ['a manifest, digits', manifest, '{"schemaVersion":1,"seed":', '1', 'x}'],
  ['a card of an encoder', encoder, '{"schemaVersion":1,"architecture":{"widths":[', wrong, '1]}}'],
  ['a card of a classifier', classifier, '{"schemaVersion":2,"universes":[', wrong, '1]}'],
  ['model.json', listed, '{"format":"layers-model","weightsManifest":[{"weights":[', wrong, '1]}]}'],
  ['a card of a ratio', parseRatioCard, '{"schemaVersion":2,"features":[', wrong, '1]}'],
  ['a card of a ratio, identities', parseRatioCard, '{"schemaVersion":2,"weightsSha256":"', '0', 'x"}'],
  ['a measurement', measurement, '{"schemaVersion":1,"edgesGeV":[', wrong, '1]}'],
  ['benchmarks', benchmarks, '{"operators":["td8"],"points":{"a":[', wrong, '1]}}'],
  ['points of amplitudes', parsePointsFile, '{"points":[', wrong, '1]}'],
  ['a link, digits', readNumber, '', '1', 'x'],
  ['a link, escapes', readFrame, 'v=1&', '%2525', ''],
  ['a link, ampersands', readFrame, 'v=1', '&amp;', ' '],
  ['a link, ampersands of ampersands', readFrame, 'v=1&', 'amp;', ' '],
  ['a link, soft breaks', readFrame, 'v=1&', '= \t', '\n'],
  ['a link, blanks of a soft break', readFrame, 'v=1&x=', ' ', ''],
  ['a link, quoted mail', readFrame, 'v=1&', '\n> ', ''],
  ['settings, depth', parseUntrustedObject, '', '[', ''],
  ['settings, quotes', parseUntrustedObject, '{"a":"', '\\"', ''],
  ['what a file is', (text) => sniffFormat(bytes(text)), '', '\n', 'x'],
]

const longest = 1 << 20
/** Below it no scanner of a MiB is more than linear, and a collector decides [ms of the processor]. */
const floor = 200

/** Time of the processor, which neither other programs nor other tests change [ms]. */
async function timeOf(read: (text: string) => unknown, text: string): Promise<number> {
  const begin = processorMs()
  try {
    await read(text)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
  }
  return processorMs() - begin
}

/**
 * Doubled input may take 2.5 times as long, what is quadratic takes 4 times: from half the length to the whole, or from a quarter,
 * as the allocator makes a step of its own somewhere between.
 */
it.each(worst)('reads %s in time that grows like the length', async (_, read, start, again, end) => {
  const [quarter, half, whole] = [longest / 4, longest / 2, longest].map((length) => {
    const times = Math.floor((length - start.length - end.length) / again.length)
    return start + again.repeat(times) + end
  })
  // The least of several runs, where the first does not do; parts are not read where the whole is below the floor.
  const least = { quarter: Infinity, half: Infinity, whole: await timeOf(read, whole) }
  const most = () => Math.max(floor, 2.5 ** 2 * least.quarter, 2.5 * least.half)
  for (let run = 0; run < 24 && least.whole > floor; run++) {
    least.quarter = Math.min(least.quarter, await timeOf(read, quarter))
    least.half = Math.min(least.half, await timeOf(read, half))
    if (least.whole <= most()) break
    least.whole = Math.min(least.whole, await timeOf(read, whole))
  }
  expect(least.whole).toBeLessThanOrEqual(most())
})
