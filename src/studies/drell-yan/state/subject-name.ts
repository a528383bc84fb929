/** What a spectrum is called in sentences. */
export interface SubjectName {
  kind: 'live' | 'universe' | 'replica' | 'measurement' | 'dropped'
  title: string
}
