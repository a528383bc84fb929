import type { AppActions } from '../../core/app-actions.ts'
import type { AppStore } from '../../core/app-store.ts'
import type { OpenStudies } from '../../core/open-studies.ts'
import type { Platform } from '../../core/platform.ts'
import type { Study } from '../../core/study.ts'
import type { Links, OpenedLink } from '../links/links.ts'

export interface BundlePorts {
  studies: readonly Study[]
  store: AppStore
  actions: AppActions
  open: OpenStudies
  platform: Platform
  links: Links
  /** Told of the link of each bundle that was opened. */
  opened: (link: OpenedLink) => void
}
