import { AppError } from '../../../../errors.ts'
import { featureMatrix, type EventTable } from '../../../../generator/event-table.ts'
import { observableInfo, type ObservableName } from '../../../../generator/observables.ts'
import { positiveOutputs } from '../../../../ml/ratio/positive-head.ts'
import type { RatioPreset } from '../../../../ml/ratio/ratio-presets.ts'
import { applyScaler, fitScaler } from '../../../../ml/ratio/scaler.ts'
import { classifierRows, type TermPart } from './classifier-rows.ts'
import { positiveRows } from './positive-rows.ts'
import { smWeights, type RatioSample } from './ratio-sample.ts'
import { parseRatioTerm } from './ratio-terms.ts'
import { regressionRows } from './regression-rows.ts'

export interface RatioSampleOptions {
  features: readonly ObservableName[]
  /** One for a classifier, any number for a regression. */
  terms: readonly string[]
  preset: Pick<RatioPreset, 'method' | 'scaler' | 'scalerFrom'>
  part?: TermPart
}

/**
 * Rows for learning dσ_term/dσ_SM from events with weights of both. Each event stands for both classes at once: its
 * weight is the sum of the two, its target the share of the first (see ratioLoss), so no label is drawn.
 *
 * @throws AppError 'data/mismatch' for missing columns and terms; 'data/corrupt' for NaN, negative SM weights, a class
 *         without weight; 'input/invalid' for a class that is negative too often
 */
export function buildRatioSample(events: EventTable, options: RatioSampleOptions): RatioSample {
  const { features, preset, part = 'whole' } = options
  const terms = options.terms.map(parseRatioTerm)
  if (terms.length === 0) throw new AppError('input/invalid', 'There is no term to learn. Name at least one.')
  const matrix = featureMatrix(events, features)
  const sm = smWeights(events)
  const { method } = preset
  if (method.kind === 'classifier' && terms.length > 1)
    throw new AppError(
      'input/invalid',
      `A classifier learns one term, got ${options.terms.join(', ')}. Train one each, or use joint-ratio regression.`,
    )
  const rows =
    method.kind === 'classifier'
      ? classifierRows(events, terms[0], sm, method, part)
      : method.kind === 'joint-ratio'
        ? regressionRows(events, terms, sm, method.share)
        : positiveRows(events, terms, sm, method)
  const energies = features.map((name) => observableInfo[name].unit === 'GeV')
  const from = preset.scalerFrom === 'sm' ? sm : rows.weights
  const scaler = fitScaler(preset.scaler, matrix, features, from, energies)
  return {
    table: {
      rows: events.rows,
      features: features.length,
      outputs: rows.head ? positiveOutputs(rows.head.operators) : rows.targets.length / events.rows,
      inputs: applyScaler(scaler, matrix),
      targets: rows.targets,
      weights: rows.weights,
      ...(rows.head && { head: rows.head }),
    },
    features,
    terms: [...options.terms],
    scaler,
    decoder: rows.decoder,
    negativeShare: rows.negativeShare,
  }
}
