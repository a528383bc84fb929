import { operatorNames } from '../../physics/smeft/operators.ts'
import { numberKey, readNumber, textKey, type LinkPart } from '../../share/link-format.ts'
import { drellYanDefaults } from './default-intent.ts'
import { drellYanSchema, setupSchema, uvSchema, type Focus } from './intent.ts'

function writeFocus(value: unknown): string {
  const focus = value as Focus // of an intent, which the schema has checked
  if (focus.kind === 'universe') return `universe-${focus.id}`
  if (focus.kind === 'row') return `row-${focus.row}`
  return focus.kind
}

function readFocus(text: string): unknown {
  const [kind, number] = text.split('-', 2)
  if (kind === 'universe') return { kind, id: readNumber(number ?? '') }
  if (kind === 'row') return { kind, row: readNumber(number ?? '') }
  return { kind: text }
}

/** How links keep an analysis of Drell-Yan: what a person may want to read as keys, the rest packed. */
export const drellYanLinkPart: LinkPart = {
  shape: drellYanSchema.shape,
  keys: [
    textKey('model', 'model', true),
    textKey('order', 'order'),
    textKey('obs', 'observable'),
    textKey('ratio', 'ratioTo'),
    textKey('colour', 'colourBy'),
    { key: 'focus', path: ['focus'], write: writeFocus, read: readFocus },
    textKey('tab', 'interpretTab'),
    numberKey('replicas', 'extraReplicas'),
    numberKey('seed', 'replicaSeed'),
  ],
  records: [{ prefix: 'c', path: ['coefficients'], names: operatorNames }],
  nested: {
    classifier: drellYanDefaults.classifier,
    training: drellYanDefaults.training,
    compare: drellYanDefaults.compare,
    panels: drellYanDefaults.panels,
    uv: { couplings: {}, massTeV: uvSchema.shape.massTeV.parse(undefined) },
    setup: setupSchema.parse({}),
  },
}
