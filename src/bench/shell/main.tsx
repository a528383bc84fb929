import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import '../../app/theme.css'
import '../../app/shell.css'
import { FirstPicture } from '../../studies/drell-yan/views/explore/FirstPicture.tsx'
import '../../studies/drell-yan/views/explore/explore.css'
import '../../ui/map/map-panel.css'

const views = ['Explore', 'Compare', 'Interpret', 'Train', 'Fit', 'Data']

/** The least that a page with React can be which shows the first picture: what the app's first load is held against. */
function BareShell() {
  const [view, setView] = useState(views[0])
  return (
    <div className="app">
      <header className="app-head">
        <span className="brand">Theoryscape</span>
        <nav aria-label="Views" className="app-nav">
          {views.map((id) => (
            <button
              key={id}
              type="button"
              className="nav-item"
              aria-current={id === view ? 'page' : undefined}
              onClick={() => setView(id)}
            >
              {id}
            </button>
          ))}
        </nav>
      </header>
      <main className="app-main">
        <div className="map-frame">
          <FirstPicture dataset="dy-nc-13tev" model="dy-supcon-2d" />
        </div>
      </main>
    </div>
  )
}

const host = document.getElementById('root')
if (!host) throw new Error('index.html has no #root')
createRoot(host).render(<BareShell />)
