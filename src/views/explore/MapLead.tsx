/** The map in one sentence. */
export function MapLead() {
  return (
    <span className="small soft map-lead">
      each dot is a universe with different Wilson coefficients; dots that are near look alike
    </span>
  )
}
