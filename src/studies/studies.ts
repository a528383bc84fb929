import type { Study } from '../core/study.ts'
import { drellYan } from './drell-yan/study.ts'
import { events } from './events/study.ts'
import { multiTop } from './multi-top/study.ts'
import { topPair } from './top-pair/study.ts'

/** All studies of the app, the first one in front of a first visit. Adding one is its folder and its line here. */
export const studies: readonly Study[] = [drellYan, topPair, events, multiTop]
