import { useEffect, useState } from 'react'
import type { FirstPicture as Picture } from '../../analysis/first-picture.ts'
import pictureUrl from './first-picture.json?url'
import { familyColours } from './map-colours.ts'

/** The map as it will be, drawn beforehand: what a first visit sees while the data are on their way. */
export function FirstPicture({ dataset, model }: { dataset: string; model: string }) {
  const [picture, setPicture] = useState<Picture | null>(null)
  useEffect(() => {
    const request = new AbortController()
    readPicture(request.signal).then(
      setPicture,
      () => undefined, // a picture that does not come is no loss: the map does
    )
    return () => request.abort()
  }, [])
  if (picture?.dataset !== dataset || picture.model !== model) return null
  return (
    <div className="map" aria-hidden="true">
      <svg
        className="map-plot first-picture"
        data-testid="first-picture"
        viewBox={`0 0 ${picture.width} ${picture.height}`}
      >
        {picture.classes.map((places, k) => (
          <path key={k} d={dots(places)} stroke={familyColours[k]} />
        ))}
      </svg>
    </div>
  )
}

/** A file beside the scripts, of this build as they are: nothing to check that they would not need, too. */
async function readPicture(signal: AbortSignal): Promise<Picture> {
  const answer = await fetch(pictureUrl, { signal })
  if (!answer.ok) throw new Error(`${pictureUrl}: ${answer.status}`)
  return (await answer.json()) as Picture
}

/** Lines of no length with round ends. */
function dots(places: readonly number[]): string {
  let d = ''
  for (let i = 0; i < places.length; i += 2) d += `M${places[i]} ${places[i + 1]}h0`
  return d
}
