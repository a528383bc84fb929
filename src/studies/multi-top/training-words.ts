import type { MultiTopIntent } from './intent.ts'

type Training = MultiTopIntent['training']

export const sizeWords: Record<Training['size'], string> = {
  'small-1h': 'Small_1h',
  'small-5h': 'Small_5h',
  large: 'Large',
}

export const taskWords: Record<Training['task'], string> = {
  'multi-task': 'hidden numbers and classes',
  reconstruction: 'hidden numbers alone',
  classification: 'classes alone',
}
