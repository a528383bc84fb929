import type { FitIntent } from '../intent.ts'

type FitObservable = FitIntent['binning']['observable']

const pt = (of: string): string => `<i>p</i><sub>T</sub>(${of})`
const eta = (of: string): string => `<i>η</i>(${of})`

/** Symbols as figures print them, with markup. */
const symbols: Record<FitObservable, string> = {
  pt_l1: pt('ℓ<sup>−</sup>'),
  pt_l2: pt('ℓ<sup>+</sup>'),
  pt_l_leading: pt('leading ℓ'),
  pt_l_trailing: pt('trailing ℓ'),
  eta_l1: eta('ℓ<sup>−</sup>'),
  eta_l2: eta('ℓ<sup>+</sup>'),
  eta_l_leading: eta('leading ℓ'),
  eta_l_trailing: eta('trailing ℓ'),
  pt_ll: pt('ℓℓ'),
  m_ll: '<i>m</i><sub>ℓℓ</sub>',
  DeltaPhi_ll: 'Δ<i>φ</i>(ℓℓ)',
  DeltaEta_ll: '|<i>η</i>(ℓ<sup>−</sup>)| − |<i>η</i>(ℓ<sup>+</sup>)|',
  abs_deta_ll: '|Δ<i>η</i>(ℓℓ)|',
  pt_b_leading: pt('leading b'),
  pt_b_trailing: pt('trailing b'),
  eta_b_leading: eta('leading b'),
  eta_b_trailing: eta('trailing b'),
  pt_bb: pt('bb'),
  m_bb: '<i>m</i><sub>bb</sub>',
  met: '<i>p</i><sub>T</sub><sup>miss</sup>',
  m_tt: '<i>m</i><sub>tt̄</sub>',
  y_tt: '<i>y</i><sub>tt̄</sub>',
  pt_t: pt('t'),
}

const isFitObservable = (name: string): name is FitObservable => Object.hasOwn(symbols, name)

/** With markup, unit in brackets where it has one: the title of an axis. */
export function axisText(observable: string, unit: string): string {
  const symbol = isFitObservable(observable) ? symbols[observable] : observable
  return unit === '1' ? symbol : `${symbol} [${unit}]`
}

const superscripts: Record<string, string> = { '+': '⁺', '−': '⁻' }

/** Without markup: in sentences and in choices, which know no markup. */
export function plainSymbol(observable: string): string {
  return axisText(observable, '1')
    .replaceAll(/<sup>([+−])<\/sup>/g, (_, sign: string) => superscripts[sign])
    .replaceAll(/<su[bp]>T<\/su[bp]>/g, 'T')
    .replaceAll(/<su[bp]>([^<]+)<\/su[bp]>/g, '($1)')
    .replaceAll(/<[^>]+>/g, '')
}
