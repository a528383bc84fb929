/** What a person can do with a study; the views of the navigation, in its order. */
export const verbs = ['explore', 'compare', 'interpret', 'train', 'fit', 'data'] as const

export type Verb = (typeof verbs)[number]

export const verbLabels: Readonly<Record<Verb, string>> = {
  explore: 'Explore',
  compare: 'Compare',
  interpret: 'Interpret',
  train: 'Train',
  fit: 'Fit',
  data: 'Data',
}
