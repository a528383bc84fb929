import type { DrellYanIntent } from './intent.ts'

/** Datasets that the app ships, under data/<id>/, each with the encoder and the order that its map starts with. */
export const shippedDatasets: readonly {
  id: string
  title: string
  /** Only old links and commands open it. */
  earlier?: true
  order: DrellYanIntent['order']
  model: string
}[] = [
  { id: 'dy-nc-13tev', title: 'Drell-Yan, 13 TeV', order: 'linear', model: 'dy-supcon-2d' },
  { id: 'dy-fb-13tev', title: 'Drell-Yan with F/B, 13 TeV', order: 'linear', model: 'dy-fb-supcon-2d' },
  {
    id: 'cms-dy-13tev-43',
    title: 'CMS Drell-Yan, 13 TeV',
    order: 'quadratic',
    model: 'cms-43-supcon-2d',
  },
  {
    id: 'cms-dy-13tev',
    title: 'CMS Drell-Yan, from 106 GeV',
    order: 'quadratic',
    model: 'cms-supcon-2d',
    earlier: true,
  },
]
