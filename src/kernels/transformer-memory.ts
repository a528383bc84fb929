import { AppError } from '../errors.ts'
import { MemoryMap } from './memory-map.ts'

/** Sizes of a transformer, as the kernel takes them. */
export interface TransformerSizes {
  tokens: number
  width: number
  heads: number
  blocks: number
  classes: number
}

/** One number of the kernel's parameters: where it lies, and what it is multiplied by on its way in. */
export interface Place {
  index: number
  factor: number
}

const four = (n: number): number => Math.ceil(n / 4) * 4

/** Parameters that there are once, then those of each block: words of the plan as numbered in assembly/transformer. */
const commonParameters = [
  'embedding',
  'embedding/bias',
  'mask',
  'norm/gain',
  'norm/bias',
  'classes',
  'classes/bias',
  'reconstruction',
  'reconstruction/bias',
]
const commonScratch = [
  'stream',
  'out',
  'out-normalised',
  'out-deviation',
  'logits',
  'd-stream',
  'd-rows',
  'd-hidden',
  'd-qkv',
  'd-mixed',
  'key-values',
  'd-key-values',
  'scores',
]
const blockParameters = [
  'norm-1/gain',
  'norm-1/bias',
  'qkv',
  'qkv/bias',
  'output',
  'output/bias',
  'norm-2/gain',
  'norm-2/bias',
  'hidden',
  'hidden/bias',
  'project',
  'project/bias',
]
const blockScratch = [
  'qkv-transposed',
  'output-transposed',
  'hidden-transposed',
  'project-transposed',
  'entering-1',
  'normalised-1',
  'deviation-1',
  'qkv-rows',
  'attention',
  'sums',
  'mixed',
  'entering-2',
  'normalised-2',
  'deviation-2',
  'activated',
  'slopes',
]

/**
 * The memory of one transformer: parameters, a gradient of the same shape, what one event needs on its way through and
 * back. Rows and columns are padded to fours, the heads side by side; queries, keys and values are one matrix.
 */
export class TransformerMemory {
  /** Numbers of the parameters, padding included; the gradient has as many. */
  readonly padded: number
  /** Bytes of everything. */
  readonly bytes: number
  private readonly parameters = new MemoryMap()
  private readonly scratch = new MemoryMap()
  private readonly columns: { rows: number; width: number; head: number; attended: number; hidden: number }

  constructor(private readonly sizes: TransformerSizes) {
    const { tokens, width, heads, blocks, classes } = sizes
    const rows = four(tokens)
    const dp = four(width)
    const head = four(width / heads)
    const attended = heads * head
    const hidden = 4 * width
    this.columns = { rows, width: dp, head, attended, hidden }
    const lengths: Record<string, number> = {
      ...{ embedding: rows * dp, 'embedding/bias': rows * dp, mask: dp, 'norm/gain': dp, 'norm/bias': dp },
      ...{
        classes: classes * rows * dp,
        'classes/bias': classes,
        reconstruction: dp,
        'reconstruction/bias': 1,
      },
    }
    const ofBlock: Record<string, number> = {
      ...{ 'norm-1/gain': dp, 'norm-1/bias': dp, qkv: dp * 3 * attended, 'qkv/bias': 3 * attended },
      ...{ output: attended * dp, 'output/bias': dp, 'norm-2/gain': dp, 'norm-2/bias': dp },
      ...{ hidden: dp * hidden, 'hidden/bias': hidden, project: hidden * dp, 'project/bias': dp },
    }
    const forEvent: Record<string, number> = {
      ...{
        stream: rows * dp,
        out: rows * dp,
        'out-normalised': rows * dp,
        'out-deviation': rows,
        logits: classes,
      },
      ...{ 'd-stream': rows * dp, 'd-rows': rows * dp, 'd-hidden': rows * hidden },
      ...{ 'd-qkv': rows * 3 * attended, 'd-mixed': rows * attended },
      ...{ 'key-values': rows * Math.max(8, head), 'd-key-values': rows * 8, scores: rows * rows },
    }
    const forBlock: Record<string, number> = {
      ...{ 'qkv-transposed': dp * 3 * attended, 'output-transposed': attended * dp },
      ...{ 'hidden-transposed': dp * hidden, 'project-transposed': hidden * dp },
      ...{
        'entering-1': rows * dp,
        'normalised-1': rows * dp,
        'deviation-1': rows,
        'qkv-rows': rows * 3 * attended,
      },
      ...{ attention: heads * rows * rows, sums: heads * rows, mixed: rows * attended },
      ...{ 'entering-2': rows * dp, 'normalised-2': rows * dp, 'deviation-2': rows },
      ...{ activated: rows * hidden, slopes: rows * hidden },
    }
    for (const name of commonParameters) this.parameters.reserve(name, 4 * lengths[name])
    for (const name of commonScratch) this.scratch.reserve(name, 4 * forEvent[name])
    for (let b = 0; b < blocks; b++) {
      for (const name of blockParameters) this.parameters.reserve(`block-${b}/${name}`, 4 * ofBlock[name])
      for (const name of blockScratch) this.scratch.reserve(`block-${b}/${name}`, 4 * forBlock[name])
    }
    this.scratch.reserve('column mask', 4 * dp)
    this.padded = this.parameters.bytes / 4
    this.bytes = 2 * this.parameters.bytes + this.scratch.bytes
  }

  /** Words that configure() reads, for everything beginning at `base`. */
  plan(base: number): Uint32Array {
    const { tokens, width, heads, blocks, classes } = this.sizes
    const gradient = this.parameters.bytes
    const scratch = base + 2 * gradient
    const parameterAt = (name: string): number => base + this.parameters.start(name)
    const scratchAt = (name: string): number => scratch + this.scratch.start(name)
    const words = [tokens, width, heads, blocks, classes, gradient, scratchAt('column mask')]
    words.push(...commonParameters.map(parameterAt), ...commonScratch.map(scratchAt))
    for (let b = 0; b < blocks; b++)
      words.push(
        ...blockParameters.map((name) => parameterAt(`block-${b}/${name}`)),
        ...blockScratch.map((name) => scratchAt(`block-${b}/${name}`)),
      )
    return Uint32Array.from(words)
  }

  columnMaskAt(base: number): number {
    return base + 2 * this.parameters.bytes + this.scratch.start('column mask')
  }

  /**
   * Where a number of a parameter [rows, columns] lies among the padded ones. Queries carry the 1 / √(head dimension)
   * of the scores.
   *
   * @param name  as in a flat array of parameters: 'block-0/queries' for example
   */
  place(name: string, row: number, column: number): Place {
    const { width, head, attended, hidden } = this.columns
    const { width: units, heads } = this.sizes
    const size = units / heads
    const [, prefix = '', part = ''] = /^(block-\d+\/)?(.*)$/.exec(name) ?? []
    const at = (region: string, r: number, c: number, stride: number, factor = 1): Place => ({
      index: this.parameters.start(prefix + region) / 4 + r * stride + c,
      factor,
    })
    /** Column of the attended numbers: each head on its own four. */
    const padded = (c: number): number => Math.floor(c / size) * head + (c % size)
    const [matrix, bias] = part.split('/')
    const third = ['queries', 'keys', 'values'].indexOf(matrix)
    if (third >= 0)
      return at(
        bias === 'bias' ? 'qkv/bias' : 'qkv',
        bias === 'bias' ? 0 : row,
        third * attended + padded(column),
        3 * attended,
        third === 0 ? 1 / Math.sqrt(size) : 1,
      )
    switch (part) {
      case 'output':
        return at(part, padded(row), column, width)
      case 'hidden':
        return at(part, row, column, hidden)
      case 'classes': {
        const token = Math.floor(row / units)
        return at(part, column, token * width + (row % units), this.columns.rows * width)
      }
      case 'reconstruction':
        return at(part, 0, row, 1)
      case 'embedding':
      case 'embedding/bias':
      case 'project':
        return at(part, row, column, width)
      default:
        if (row === 0) return at(part, 0, column, 0)
        throw new AppError('input/invalid', `A transformer has no parameters called "${name}".`)
    }
  }
}
