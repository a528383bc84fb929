/** Dark matter and mediators (51 to 60), supersymmetric and excited particles, by the numbering of the PDG. */
export function isNewPhysics(pdgId: number): boolean {
  const id = Math.abs(pdgId)
  return (id >= 51 && id <= 60) || id >= 1_000_000
}

/** Top quarks and antiquarks of an event; where a file has what they decayed to alone, b quarks with a charged lepton for each. */
export function topsOf(pdgIds: readonly number[]): number {
  const count = (...ids: number[]) => pdgIds.filter((id) => ids.includes(Math.abs(id))).length
  const tops = count(6)
  if (tops > 0) return tops
  return count(11, 13, 15) >= count(5) ? count(5) : 0
}
