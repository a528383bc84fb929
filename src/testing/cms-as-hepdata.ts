import cms from '../studies/drell-yan/analysis/measurements/cms-dy-13tev.json' with { type: 'json' }

/** Bins of the CMS measurement as it is shipped. */
export const cmsBins = cms.valuePbPerGeV.map((value, i) => ({
  low: cms.edgesGeV[i],
  high: cms.edgesGeV[i + 1],
  value,
  error: cms.totalUncertaintyPbPerGeV[i],
}))
const independent = (values: { low: number; high: number }[], name = 'M(LEPTON LEPTON)') => ({
  header: { name, units: 'GEV' },
  values: values.map(({ low, high }) => ({ low, high })),
})
/** Some bins as a table of HEPData in JSON. */
export const spectrumOf = (
  some: typeof cmsBins,
  units = 'PB/GEV',
  factor: (bin: (typeof cmsBins)[number]) => number = () => 1,
) =>
  JSON.stringify({
    independent_variables: [independent(some)],
    dependent_variables: [
      {
        header: { name: 'D(SIG)/D(M)', units },
        qualifiers: [{ name: 'SQRT(S)', units: 'GEV', value: 13000 }],
        values: some.map((bin) => ({
          value: bin.value * factor(bin),
          errors: [{ symerror: bin.error * factor(bin), label: 'total' }],
        })),
      },
    ],
  })
/** A table of two variables as HEPData has a covariance. */
export const matrixOf = (some: typeof cmsBins, entry: (a: number, b: number) => number) => {
  const pairs = some.flatMap((_, a) => some.map((_, b) => [a, b]))
  return JSON.stringify({
    independent_variables: [0, 1].map((k) => independent(pairs.map((pair) => some[pair[k]]))),
    dependent_variables: [
      {
        header: { name: 'COVARIANCE', units: '(PB/GEV)**2' },
        values: pairs.map(([a, b]) => ({ value: entry(a, b) })),
      },
    ],
  })
}
/** The published covariance of some bins. */
export const covarianceOf = (some: typeof cmsBins) => {
  const at = some.map((bin) => cmsBins.indexOf(bin))
  return matrixOf(some, (a, b) => cms.covariancePb2PerGeV2[at[a]][at[b]])
}
