import { lheHead, lheTail } from '../../generator/parton-events/write-lhe.ts'
import { plainProcess, type EventFormat } from './event-content.ts'
import type { EventFile, EventFileSetup } from './event-file.ts'
import type { GenerateOptions } from './options.ts'
import { openTextEventFile } from './text-event-file.ts'

/** The file of a format, begun or gone on with. */
export async function openEventFile(
  format: EventFormat,
  { process, stage, sqrts: sqrtS }: Pick<GenerateOptions, 'process' | 'stage' | 'sqrts'>,
  subprocesses: readonly string[],
  setup: EventFileSetup,
): Promise<EventFile> {
  if (format === 'parquet') {
    const { openParquetEventFile } = await import('./parquet-event-file.ts')
    const content = stage === 'detector' ? 'objects' : 'particles'
    return openParquetEventFile(setup, { content, process: plainProcess(process), subprocesses })
  }
  if (format === 'darkmachines') return openTextEventFile(setup, { head: () => '', tail: '' })
  const { notes } = setup
  const head = (crossSectionPb: number, errorPb: number): string =>
    lheHead({ sqrtS, crossSectionPb, errorPb, notes })
  return openTextEventFile(setup, { head, tail: lheTail })
}
