import g1 from './generations/g1.json' with { type: 'json' }

/** What the app and each study start with; a frozen copy of every generation lies in generations/. */
export interface AppDefaults {
  app: Readonly<Record<string, unknown>>
  studies: Readonly<
    Record<
      string,
      {
        defaults: object
        /** Of objects that links write in part, by names with dots. */
        parts: Readonly<Record<string, object>>
      }
    >
  >
}

/**
 * Generation n is the n-th. A changed default is a new generation: a new file, and its line here. A new field is
 * written into every one of them, with what the page did before it had the field.
 */
export const generations: readonly AppDefaults[] = [g1]
