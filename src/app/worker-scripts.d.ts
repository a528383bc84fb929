/** Addresses of the worker scripts; made by vite.config.ts. */
declare module 'virtual:worker-scripts' {
  export const compute: string
  export const ml: string
}
