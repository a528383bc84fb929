import { describe, expect, it } from 'vitest'
import { writeNpy } from '../../../../dataset/npy.ts'
import { AppError } from '../../../../errors.ts'
import { runMlp } from '../../../../ml/mlp.ts'
import { smallBins as bins, smallCorpus } from '../../../../testing/small-universes.ts'
import { whitenSpectra } from '../whitening.ts'
import { encodeFile } from './encode-file.ts'

const { header, encoder, spectra } = await smallCorpus()
const rows = 5
const some = spectra.slice(0, rows * bins)
const encode = (name: string, bytes: Uint8Array) =>
  encodeFile({ name, bytes, model: header.universeModel, encoder: encoder.mlp })
const text = (value: string) => new TextEncoder().encode(value)
const csv = Array.from({ length: rows }, (_, r) => some.slice(r * bins, (r + 1) * bins).join(',')).join('\n')

async function refusal(name: string, bytes: Uint8Array): Promise<AppError> {
  const thrown = await encode(name, bytes).catch((error: unknown) => error)
  if (thrown instanceof AppError) return thrown
  throw new Error('was not refused')
}

describe("a user's spectra", () => {
  it.each([
    ['npy', writeNpy(some, [rows, bins])],
    ['csv', text(csv)],
  ])('are whitened and encoded as the rows of the dataset: %s', async (extension, bytes) => {
    const encoded = await encode(`mine.${extension}`, bytes)
    expect(encoded.rows).toBe(rows)
    expect(encoded.spectra).toEqual(some)
    expect(encoded.whitened).toEqual(whitenSpectra(header.universeModel.whitening, some, rows))
    expect(encoded.latent).toEqual(runMlp(encoder.mlp, encoded.whitened, rows))
    expect(encoded.negativeValues).toBe(some.filter((value) => value < 0).length)
  })

  it('may be one spectrum', async () => {
    expect((await encode('one.npy', writeNpy(some.slice(0, bins), [bins]))).rows).toBe(1)
  })

  it.each([
    [
      'too few bins',
      'short.npy',
      writeNpy(some.slice(0, 2 * (bins - 1)), [2, bins - 1]),
      /short\.npy.*10.*11|11.*10/s,
    ],
    [
      'NaN',
      'nan.npy',
      writeNpy(
        some.map((v, i) => (i === 13 ? NaN : v)),
        [rows, bins],
      ),
      /nan\.npy.*NaN/is,
    ],
    ['a cut file', 'cut.npy', writeNpy(some, [rows, bins]).slice(0, 150), /cut\.npy/],
    ['an empty file', 'empty.csv', new Uint8Array(0), /empty\.csv/],
    ['a web page', 'page.csv', text('<!DOCTYPE html><html><body>login</body></html>'), /page\.csv/],
  ])('are refused by name: %s', async (_, name, bytes, words) => {
    const error = await refusal(name, bytes)
    expect(error.message).toMatch(words)
    expect(['data/mismatch', 'data/corrupt', 'data/unsupported']).toContain(error.code)
  })

  it('do not pass through an encoder for other bins', async () => {
    const layers = [
      {
        inputs: 3,
        outputs: 2,
        kernel: new Float32Array(6),
        bias: new Float32Array(2),
        activation: 'linear' as const,
      },
    ]
    const request = {
      name: 'a.npy',
      bytes: writeNpy(some, [rows, bins]),
      model: header.universeModel,
      encoder: { layers },
    }
    await expect(encodeFile(request)).rejects.toMatchObject({ code: 'model/mismatch' })
  })
})
