// The bundle ships no types. Only what the peer's measurement calls is declared.
declare module 'plotly.js-gl2d-dist-min' {
  const Plotly: {
    newPlot(host: HTMLElement, data: object[], layout: object, config?: object): Promise<unknown>
    restyle(host: HTMLElement, change: object): Promise<unknown>
  }
  export default Plotly
}
