// The cartesian bundle ships no types. Only what plotly.ts hands on is declared.
declare module 'plotly.js-cartesian-dist-min' {
  // A top-level import would turn this declaration into an augmentation, which an untyped module cannot have.
  // eslint-disable-next-line @typescript-eslint/consistent-type-imports
  const Plotly: import('./plotly.ts').PlotlyApi
  export default Plotly
}
