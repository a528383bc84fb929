/** Manifests are written for every program and keep to ASCII; on the page their symbols are those of the page. */
export function withSymbols(text: string): string {
  return text
    .replaceAll('Lambda^2', 'Λ²')
    .replaceAll('Lambda^4', 'Λ⁴')
    .replaceAll('dsigma', 'dσ')
    .replaceAll('m_ll', 'm_ℓℓ')
    .replaceAll('p_Tl', 'p_T')
    .replaceAll('TeV^-2', 'TeV⁻²')
    .replaceAll('fb^-1', 'fb⁻¹')
    .replaceAll('chi2', 'χ²')
    .replaceAll(/(\d)-(\d+(?:\.\d+)? GeV)/g, '$1–$2')
}
