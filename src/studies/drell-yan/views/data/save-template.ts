import { download } from '../../../../ui/common/download.ts'
import { templateText } from '../../analysis/own-measurement/template-text.ts'

/** The file in which a measured spectrum is written. */
export function saveTemplate(): void {
  download(templateText, 'measured-spectrum.csv', 'text/csv')
}
