import { expect, it } from 'vitest'
import { readSpectraFile } from '../dataset/spectra-file.ts'
import { AppError } from '../errors.ts'
import { badFiles } from './bad-files.ts'
import { processorMs } from './processor-time.ts'

for (const { name, bytes, told } of await badFiles())
  it(`${name} is refused at once in a sentence that a person can act on`, async () => {
    const begin = processorMs()
    const thrown = await readSpectraFile(name, bytes, { bins: 71 }).catch((error: unknown) => error)
    expect(processorMs() - begin).toBeLessThan(1000)
    expect(thrown).toBeInstanceOf(AppError)
    const { message } = thrown as AppError
    expect(`${name}: ${message}`).toMatch(told)
    expect(message.length).toBeLessThan(480)
  })
