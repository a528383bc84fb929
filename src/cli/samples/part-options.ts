import type { SampleModel } from '../../generator/samples/models.ts'
import { parseOptions } from '../arguments.ts'
import { generateOptions, type GenerateOptions } from '../generate/options.ts'
import { withModel } from '../model-option.ts'

/** What `generate` is given to make the events of a process as a detector sees them, before any selection. */
export function partArguments({ process, set, mediator, ptMin }: SampleModel, seed: number): string[] {
  const values = Object.entries(set).map(([name, value]) => `${name}=${value}`)
  return [
    ...['--process', process, '--stage', 'detector', '--format', 'parquet', '--seed', `${seed}`],
    ...(values.length > 0 ? ['--set', values.join(',')] : []),
    ...(mediator ? ['--mediator', mediator] : []),
    ...(ptMin === undefined ? [] : ['--pt-min', `${ptMin}`]),
  ]
}

export function partOptions(model: SampleModel, seed: number, workers: number): GenerateOptions {
  const argv = [...partArguments(model, seed), '--workers', `${workers}`, '--out', 'sample.parquet']
  return withModel(parseOptions(generateOptions, argv).values)
}

/** A seed of its own for each sample, from its name (FNV-1a): samples side by side share no random numbers. */
export function seedOf(id: string): number {
  let hash = 0x811c9dc5
  for (const byte of new TextEncoder().encode(id)) hash = Math.imul(hash ^ byte, 0x01000193)
  return hash >>> 1
}
