import { sampleModels, type SampleModel } from '../../../../generator/samples/models.ts'

/** Whether missing momentum is that of one boson beside one jet: then pT and |η| of the jet have a density by quadrature. */
export function hasExactDensity({ process }: SampleModel): boolean {
  return /^p p > (Zp|phi|Z) j($|, (Zp|phi) > chi chi~$|, Z > vl vl~$)/.test(process)
}

/** The shipped model of that id, if it has a density by quadrature. */
export function jetSample(id: string): SampleModel | undefined {
  const sample = Object.hasOwn(sampleModels, id) ? sampleModels[id] : undefined
  return sample && hasExactDensity(sample) ? sample : undefined
}

/**
 * Whether the same partons make two models with an exact limit: quarks and antiquarks with gluons (vector, axial, Z), or gluons
 * (scalars). Where other partons make them their further jets differ, of which a limit of one jet knows nothing: it bounds
 * nothing that sees them.
 *
 * @returns null where there is no limit
 */
export function madeAlike(a: { id: string }, b: { id: string }): boolean | null {
  const [one, other] = [jetSample(a.id), jetSample(b.id)]
  if (!one || !other) return null
  const byGluons = ({ process }: SampleModel) => process.startsWith('p p > phi j')
  return byGluons(one) === byGluons(other)
}
