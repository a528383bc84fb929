// A fresh process: prints the milliseconds from nothing to the first density, code loaded but not yet compiled.

import { createDefaultPdf } from '../physics/pdf/default-pdf.ts'

const start = performance.now()
const used = process.cpuUsage()
createDefaultPdf().xfxQ2(21, 0.1, 91.1876 ** 2)
const elapsed = performance.now() - start
const { user, system } = process.cpuUsage(used)
console.log(JSON.stringify({ elapsed, cpu: (user + system) / 1000 }))
