import type { Camera } from '../map/camera.ts'

/** How maps are laid beside one another; the first is what the others are compared with. */
export interface CompareSettings {
  /** Ids of the maps. */
  maps: string[]
  /** Turned, mirrored and scaled onto the first. */
  align: boolean
  trails: boolean
  /** Colours as on Explore, or by the share of neighbours kept. */
  colour: 'as-explore' | 'kept'
  /** Where each is looked at; absent: all of it. */
  cameras: Readonly<Record<string, Camera>>
}

/** A map that can be shown. */
export interface MapChoice {
  id: string
  label: string
}

export const mostMaps = 4

/** Camera of a map; those that are laid onto the first one are seen through one. */
export function cameraName({ maps: [first], align }: CompareSettings, id: string): string {
  return align ? `aligned-${first}` : id
}

/** The cameras after one has moved; those of maps that are gone go, too. */
export function withCamera(settings: CompareSettings, id: string, camera: Camera | null) {
  const { maps, cameras } = settings
  const name = cameraName(settings, id)
  const kept = Object.entries(cameras).filter(
    ([key]) => key !== name && (maps.includes(key) || key === `aligned-${maps[0]}`),
  )
  return Object.fromEntries(camera ? [...kept, [name, camera]] : kept)
}
