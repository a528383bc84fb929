import { readFileSync } from 'node:fs'
import { parseManifest } from '../../dataset/manifest-loader.ts'
import { parseLhaInfo } from '../../physics/pdf/lha-info.ts'
import { parseLhaGrid } from '../../physics/pdf/lhagrid.ts'
import { readWcxf, writeWcxf } from '../../physics/smeft/wcxf.ts'
import { parseMeasurement } from '../../studies/drell-yan/analysis/measurement-file.ts'
import { type MutationKind } from '../mutations.ts'
import { parseJson, sameShape, textOf, utf8, type Card, type Reader } from './reader.ts'

const about = { scaleGeV: 1000, generator: 'test', description: 'made "up"' }
const coefficients = { clq3: 0.25, cHD: -1, cll1: 0.1, cHe: 2 }
type Wcxf = Awaited<ReturnType<typeof readWcxf>>
/** A piece that is there twice can make a name that was not: it is told as unknown, where it is not that of another value. */
const sameNames = (before: Wcxf, after: Wcxf, kind: MutationKind) =>
  after.values.length === before.values.length ||
  (kind === 'repeat' && after.values.length > before.values.length)
const complex = (json: boolean) =>
  writeWcxf(coefficients, json ? 'json' : 'yaml', about).replace(
    json ? '"phiD": ' : 'phiD: ',
    json ? '"uphi_33": {"Re": 1e-8, "Im": 2e-8},\n    "phiD": ' : 'uphi_33: {Re: 1e-8, Im: 2e-8}\n  phiD: ',
  )
const grid = `PdfType: central\nFormat: lhagrid1\n---\n1e-3 1e-2 0.1 0.5 1\n2 10 100\n1 2 21\n${Array.from({ length: 15 }, (_, i) => `${(0.5 + i).toFixed(4)} 1.0e-01 3.25`).join('\n')}\n---\n`
const info =
  'SetDesc: "Toy set"   # quoted\nSetIndex: 12345\nReference: arXiv:0000.00000\nNumMembers: 3\nParticle: 2212\nFlavors: [-2, -1, 1,\n          2, 21]\nOrderQCD: 0\nXMin: 1.0e-09\nAlphaS_MZ: 0.118\nAlphaS_Qs:\n  - 1.3\n  - 91.1876\nAlphaS_Vals: [3.7e-01, 1.18e-01]\n'

export const physicsReaders: Record<string, Reader> = {
  'WCxf, JSON': {
    file: utf8(complex(true)),
    read: (bytes) => readWcxf(textOf(bytes), 'f'),
    listed: {
      why: 'another number or name',
      may: (before: Wcxf, after: Wcxf, kind) => kind !== 'cut' && sameNames(before, after, kind),
    },
  },
  'WCxf, YAML': {
    file: utf8(complex(false)),
    read: (bytes) => readWcxf(textOf(bytes), 'f'),
    listed: {
      why: 'another number or name; YAML has no end mark, and a # hides the rest of a line',
      may: (before: Wcxf, after: Wcxf, kind) =>
        kind === 'cut' ||
        (kind === 'flip' && after.values.length < before.values.length) ||
        sameNames(before, after, kind),
    },
  },
  '.info': {
    file: utf8(info),
    read: (bytes) => parseLhaInfo(textOf(bytes), 'f'),
    listed: { why: 'words, and numbers of keys that may be absent', may: () => true },
  },
  grid: {
    file: utf8(grid),
    read: (bytes) => {
      const { subgrids } = parseLhaGrid(textOf(bytes), 'f')
      return {
        shape: subgrids.map(({ x, q, ids }) => [x.length, q.length, ids.length].join()).join(),
        subgrids,
      }
    },
    listed: { why: 'another number', may: sameShape as never },
  },
  'a manifest': {
    file: new Uint8Array(readFileSync('public/data/dy-nc-13tev/manifest.json')),
    read: (bytes) => {
      const { arrays, ...words } = parseManifest(bytes, 'f')
      return {
        shape: Object.values(arrays)
          .map((array) => `${array.shape.join()} ${array.sha256}`)
          .sort()
          .join(' '),
        words,
      }
    },
    listed: {
      why: 'words and settings; the arrays have hashes',
      may: (_before: Card, _after: Card, kind) => kind !== 'cut',
    },
  },
  'a measurement': {
    file: utf8(
      JSON.stringify({
        ...{
          schemaVersion: 1,
          id: 'toy',
          title: 'Toy',
          observable: 'mll',
          sqrtSGeV: 13_000,
          citation: 'c',
          url: 'u',
        },
        ...{ edgesGeV: [50, 60, 80, 120], valuePbPerGeV: [3.5, 2.25, 1.125] },
        totalUncertaintyPbPerGeV: [0.1, 0.2, 0.3],
        covariancePb2PerGeV2: [
          [0.01, 0.001, 0],
          [0.001, 0.04, 0],
          [0, 0, 0.09],
        ],
      }),
    ),
    read: (bytes) => {
      const measurement = parseMeasurement(parseJson(bytes))
      return { shape: String(measurement.value.length), measurement }
    },
    listed: { why: 'another number', may: sameShape as never },
  },
}
