import { expect, it } from 'vitest'
import { namedSetups, type SetupName } from '../named-setups.ts'
import { dataKey, fitKey, networkKey, ratiosKey } from './fit-keys.ts'

// As first released: products and checkpoints of earlier visits are kept under them. Never edit one.
it.each<[SetupName, number, string]>([
  ['thesis-inspired', 700, '{"td8":0.45,"tq8":-0.65}'],
  ['sm-inclusive', 0, '{}'],
  ['energetic', 1450, '{}'],
])('%s keeps its keys', (name, mtt, truth) => {
  const { setup } = namedSetups[name]
  expect(networkKey(setup, { terms: ['td8', 'tq8'], replica: 0 })).toBe(
    `fit/{"operators":["td8","tq8"],"sqrtSGeV":13000,"mttMinGeV":${mtt},"selection":"dilepton","smearing":false,"preset":"joint","trainingPoints":null,"epochs":null,"seed":1,"recalibrate":true}#td8,tq8/0`,
  )
  expect(dataKey(setup, '')).toBe(
    `["data",["td8","tq8"],"quadratic",13000,${mtt},"dilepton",false,"joint",${truth},10560,false,null,{"observable":"pt_l2","bins":10},1,""]`,
  )
  expect(ratiosKey(setup, 'D', ['N'])).toBe('["ratios","D",["N"],2]')
  const luminosity = '{"relativeError":0,"treatment":"profiled"}'
  expect(fitKey(setup, 'binned', 'D', 'L')).toBe(`["fit","binned","D",${luminosity},2,1000,"poisson",""]`)
  expect(fitKey(setup, 'unbinned', 'D', 'L')).toBe(`["fit","unbinned","D",${luminosity},2,1000,"","L"]`)
  expect(fitKey(setup, 'exact', 'D', 'L')).toBe(`["fit","exact","D",${luminosity},2,1000,"",""]`)
})
