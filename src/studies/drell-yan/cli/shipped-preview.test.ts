import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { dataFolder } from '../../../cli/files.ts'
import { readNpy } from '../../../dataset/npy.ts'
import { dequantise } from '../../../dataset/preview-codes.ts'
import { loadRowEncoder } from '../../../ml/row-encoder.ts'
import { linearEncoder } from '../analysis/linear-encoder.ts'
import { whitenSpectra } from '../analysis/whitening.ts'
import { openDatasetFolder, openModelFolder } from './open-files.ts'

it.each([
  ['dy-nc-13tev', ['dy-supcon-2d', 'dy-paper-like-2d', 'dy-supcon-5d']],
  ['dy-fb-13tev', ['dy-fb-supcon-2d', 'dy-fb-supcon-5d']],
  ['cms-dy-13tev', ['cms-supcon-2d']],
  ['cms-dy-13tev-43', ['cms-43-supcon-2d']],
])(
  'the preview of %s puts every row within 1e-3 of a standard deviation, by every encoder',
  async (id, models) => {
    const header = await openDatasetFolder(id)
    const { preview, arrays } = header.manifest
    if (!preview) throw new Error(`${id} has no preview`)
    const read = (file: string) => readNpy(readFileSync(join(dataFolder, id, file))).data
    const rows = arrays.spectra.shape[0]
    const exact = whitenSpectra(header.universeModel.whitening, read(arrays.spectra.file), rows)
    const coarse = dequantise(Uint8Array.from(read(preview.array.file)), preview)
    const shipped = await Promise.all(
      models.map((model) => openModelFolder(model, header, expect.unreachable)),
    )
    for (const { id: name, mlp } of [linearEncoder(header), ...shipped]) {
      const encode = await loadRowEncoder(mlp)
      const at = encode(exact, rows)
      const near = encode(coarse, rows)
      const d = at.length / rows
      for (let axis = 0; axis < d; axis++) {
        let [sum, squares, worst] = [0, 0, 0]
        for (let i = axis; i < at.length; i += d) {
          sum += at[i]
          squares += at[i] ** 2
          worst = Math.max(worst, Math.abs(near[i] - at[i]))
        }
        const deviation = Math.sqrt(squares / rows - (sum / rows) ** 2)
        expect(worst / deviation, `${name}, axis ${axis}`).toBeLessThan(1e-3)
        expect(worst, `${name}, axis ${axis}: the preview is not the exact rows`).toBeGreaterThan(0)
      }
    }
  },
)
