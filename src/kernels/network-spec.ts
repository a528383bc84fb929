import { AppError } from '../errors.ts'

export const activationNames = ['linear', 'relu', 'sigmoid'] as const
export type Activation = (typeof activationNames)[number]

/** Dense, then batch norm, activation and dropout where asked for. */
export interface LayerSpec {
  units: number
  activation: Activation
  /** Default: false before batch norm (whose beta is one), else true. */
  bias?: boolean
  batchNorm?: boolean
  /** Chance that a unit is silenced in training, in [0, 1); hidden ReLU layers only. */
  dropout?: number
}

export interface NetworkSpec {
  inputs: number
  layers: LayerSpec[]
  /** Keep the gradient by the inputs, too: readInputGradient(). Default: false */
  inputGradient?: boolean
  /** Added to a variance under the root; default 1e-3, as in Keras. */
  batchNormEpsilon?: number
}

export interface CompleteLayer {
  inputs: number
  units: number
  activation: Activation
  bias: boolean
  batchNorm: boolean
  dropout: number
}

const largestWidth = 16384

/** With defaults filled in. @throws AppError 'input/invalid' with what is wrong in which layer */
export function completeLayers({ inputs, layers }: NetworkSpec): CompleteLayer[] {
  const wrong = (message: string, context: Record<string, unknown>): AppError =>
    new AppError('input/invalid', message, context)
  if (layers.length < 1 || layers.length > 64)
    throw wrong(`A network has 1 to 64 layers, got ${layers.length}.`, { layers: layers.length })
  checkWidth('inputs', inputs)
  let entering = inputs
  return layers.map((layer, i) => {
    checkWidth(`units of layer ${i + 1}`, layer.units)
    const { batchNorm = false, dropout = 0 } = layer
    const last = i === layers.length - 1
    if (!(dropout >= 0 && dropout < 1))
      throw wrong(`Dropout of layer ${i + 1} is ${dropout}; it must be in [0, 1).`, { layer: i, dropout })
    if (dropout > 0 && (last || layer.activation !== 'relu'))
      throw wrong(
        `Layer ${i + 1} (${last ? 'the last' : layer.activation}) has dropout ${dropout}; only hidden ReLU layers may. Set it to 0.`,
        { layer: i, dropout },
      )
    if (batchNorm && last)
      throw wrong(`Layer ${i + 1} is the last and has batch norm; only hidden layers may.`, { layer: i })
    const complete = {
      inputs: entering,
      units: layer.units,
      activation: layer.activation,
      bias: layer.bias ?? !batchNorm,
      batchNorm,
      dropout,
    }
    entering = layer.units
    return complete
  })
}

function checkWidth(what: string, value: number): void {
  if (Number.isInteger(value) && value >= 1 && value <= largestWidth) return
  throw new AppError(
    'input/invalid',
    `The number of ${what} is ${value}; it must be an integer from 1 to ${largestWidth}.`,
    { what, value },
  )
}
