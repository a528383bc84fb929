import { unpackedText } from '../../../dataset/unpacked-text.ts'
import { AppError } from '../../../errors.ts'
import type { PdfFile } from '../../../physics/pdf/open-pdf.ts'

/** Of one unpacked member; those of LHAPDF have 0.5 to 10 MB. */
const largestTextBytes = 64 * 1024 * 1024

/**
 * The files of a set of parton densities as texts, unpacked where they are packed with gzip.
 *
 * @throws AppError of gunzip, with the name of the file
 */
export function pdfTexts(files: readonly File[]): Promise<PdfFile[]> {
  return Promise.all(
    files.map(async (file) => {
      const parts: string[] = []
      try {
        for await (const part of unpackedText(new Uint8Array(await file.arrayBuffer()), largestTextBytes))
          parts.push(part)
      } catch (thrown) {
        throw AppError.from(thrown).about(file.name)
      }
      return { name: file.name.replace(/\.gz$/i, ''), text: parts.join('') }
    }),
  )
}
