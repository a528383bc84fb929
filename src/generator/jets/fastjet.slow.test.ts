import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createRng } from '../../numerics/rng.ts'
import { AntiKt } from './anti-kt.ts'

/** Reads events as a number of particles and their momenta; writes the jets as lists of particles. */
const program = `#include <fastjet/ClusterSequence.hh>
#include <cstdio>
int main() {
  int n;
  while (scanf("%d", &n) == 1) {
    std::vector<fastjet::PseudoJet> in;
    for (int i = 0; i < n; i++) {
      double e, x, y, z;
      if (scanf("%lf %lf %lf %lf", &e, &x, &y, &z) != 4) return 1;
      in.emplace_back(x, y, z, e);
      in.back().set_user_index(i);
    }
    fastjet::ClusterSequence cs(in, fastjet::JetDefinition(fastjet::antikt_algorithm, 0.4));
    for (auto &jet : fastjet::sorted_by_pt(cs.inclusive_jets())) {
      printf("%.17g", jet.pt());
      for (auto &part : jet.constituents()) printf(" %d", part.user_index());
      printf(";");
    }
    printf("\\n");
  }
}
`

const present = existsSync('/usr/include/fastjet/ClusterSequence.hh')
let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fastjet-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

// Debian: libfastjet-dev; skipped without it.
it.skipIf(!present)(
  'anti-kT has the jets of FastJet, particle by particle',
  () => {
    const source = join(folder, 'jets.cc')
    const binary = join(folder, 'jets')
    writeFileSync(source, program)
    execFileSync('g++', [source, '-o', binary, '-lfastjet'])
    const rng = createRng(3)
    const events = Array.from({ length: 300 }, () => {
      const particles = 1 + rng.integer(200)
      const momenta = new Float64Array(4 * particles)
      for (let i = 0; i < particles; i++) {
        const pt = Math.exp(6 * rng.uniform())
        const [eta, phi] = [2 * rng.normal(), 2 * Math.PI * rng.uniform()]
        const pz = pt * Math.sinh(eta)
        momenta.set(
          [Math.hypot(3 * rng.uniform(), pt, pz), pt * Math.cos(phi), pt * Math.sin(phi), pz],
          4 * i,
        )
      }
      return momenta
    })
    const text = events.map((p) => `${p.length / 4} ${p.join(' ')}`).join('\n')
    const output = execFileSync(binary, { input: text, encoding: 'utf8' }).trim().split('\n')
    // Behind FastJet's banner.
    const lines = output.slice(-events.length)
    const finder = new AntiKt(0.4)
    events.forEach((momenta, event) => {
      const theirs = lines[event]
        .split(';')
        .filter(Boolean)
        .map((jet) => jet.split(' ').map(Number))
      const jets = finder.cluster(momenta, momenta.length / 4)
      const ours = theirs.map((_, jet) => [...jets.jetOf.keys()].filter((i) => jets.jetOf[i] === jet))
      expect(jets.count).toBe(theirs.length)
      expect(ours).toEqual(theirs.map(([, ...members]) => members.toSorted((a, b) => a - b)))
      theirs.forEach(([pt], jet) => {
        const own = Math.hypot(jets.momenta[4 * jet + 1], jets.momenta[4 * jet + 2])
        expect(Math.abs(own / pt - 1)).toBeLessThan(1e-9)
      })
    })
  },
  60_000,
)
