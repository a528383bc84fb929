import type { SampleManifest } from '../../../../dataset/event-samples/sample-manifest.ts'
import type { RawTokens } from '../tokens/event-tokens.ts'
import { eventToken } from '../tokens/token-layout.ts'

/** Events with a b-jet and a lepton at least. @returns rows of them */
export function searchSelection({ tokens, values }: RawTokens, rows: ArrayLike<number>): Uint32Array {
  return Uint32Array.from(
    Array.from(rows).filter(
      (row) => values[row * tokens + eventToken('nb')] >= 1 && values[row * tokens + eventToken('nlep')] >= 1,
    ),
  )
}

/** Cross-section of a sample after its own selection [pb]: Σ over processes σ × selected/generated, at leading order. */
export function selectedCrossSection({ parts }: Pick<SampleManifest, 'parts'>): number {
  return parts.reduce((sum, { sigmaPb, generated, selected }) => sum + (sigmaPb * selected) / generated, 0)
}
