import { createMlpRunner } from '../../../../ml/mlp.ts'
import { operatorNames, operators } from '../../../../physics/smeft/operators.ts'
import type { OpenDataset } from '../../state/drell-yan-state.ts'
import type { MapArrow } from '../../../../ui/map/types.ts'

/**
 * Where each operator pushes the SM on the map: Jacobian of the encoder at the SM times the whitened linear
 * template, for half of the prior's half width.
 */
export function operatorArrows(open: OpenDataset): MapArrow[] {
  const { header, encoder, embedding } = open
  const bins = header.universeModel.templates.bins
  const jacobian = createMlpRunner(encoder.mlp).jacobian(new Float32Array(bins))
  const [x, y] = embedding.standardModel
  return operatorNames.map((_, o) => {
    const scale = 0.5 * header.universeModel.prior.halfWidth[o]
    let dx = 0
    let dy = 0
    for (let b = 0; b < bins; b++) {
      dx += jacobian[b] * header.whitenedLinear[o * bins + b] * scale
      dy += jacobian[bins + b] * header.whitenedLinear[o * bins + b] * scale
    }
    return { x, y, dx, dy, label: operators[o].symbol }
  })
}
