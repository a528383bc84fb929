// Studies that only tests know. Adding one is its folder and its line here, as in ../../studies/studies.ts.
export { blobs } from './blobs/study.ts'
