import cms from '../measurements/cms-a4-13tev.json' with { type: 'json' }
import { parseA4Measurement, type A4Measurement } from './a4-measurement.ts'

/** CMS, Phys. Lett. B 866 (2025) 139526: 63 bins of |y| and mass. */
export const cmsA4 = (): A4Measurement => parseA4Measurement(cms)
