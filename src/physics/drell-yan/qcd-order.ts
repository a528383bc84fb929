/** Orders of QCD: leading, and next-to-leading. */
export const qcdOrders = ['lo', 'nlo'] as const
export type QcdOrder = (typeof qcdOrders)[number]
