/** Name and version of the product, as package.json has it: recorded in what is written, never a reason to refuse it. */
export const product = 'theoryscape 0.1.0'
