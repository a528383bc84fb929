/** Symbols of objects as Dark Machines files write them; a type is a place in this list. */
export const sampleObjects = ['j', 'b', 'e-', 'e+', 'm-', 'm+', 'g'] as const

/** Events of a sample as structure of arrays: objects of event i are those from `first[i]` to `first[i + 1]`. */
export interface SampleEvents {
  readonly events: number
  /** [events + 1] */
  readonly first: Uint32Array
  /** [events] so that the mean over the sample is 1 */
  readonly weight: Float32Array
  /** [events] place of the process in the sample's list */
  readonly part: Uint8Array
  /** [events] missing transverse momentum [GeV] and its azimuth */
  readonly met: Float32Array
  readonly metPhi: Float32Array
  /** [objects] of `sampleObjects` */
  readonly types: Uint8Array
  /** [objects] GeV; no energy is kept: E = pT cosh η for massless objects. */
  readonly pt: Float32Array
  readonly eta: Float32Array
  readonly phi: Float32Array
}

/** Arrays for so many events with so many objects. */
export function emptySampleEvents(events: number, objects: number): SampleEvents {
  return {
    events,
    first: new Uint32Array(events + 1),
    weight: new Float32Array(events),
    part: new Uint8Array(events),
    met: new Float32Array(events),
    metPhi: new Float32Array(events),
    types: new Uint8Array(objects),
    pt: new Float32Array(objects),
    eta: new Float32Array(objects),
    phi: new Float32Array(objects),
  }
}
