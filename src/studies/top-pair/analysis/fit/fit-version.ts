/** Version of the fit, in every export: a change of the numbers for the same set-up raises it. */
export const fitVersion = 'theoryscape-tt-2'
