/** (hbar c)^2: 1 GeV^-2 in pb. PDG 2024, exact by definition of the SI. */
export const gevMinus2ToPb = 3.893793721e8
