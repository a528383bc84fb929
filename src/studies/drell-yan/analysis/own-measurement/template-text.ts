/** First columns of the template; a covariance may follow, a column for each bin. */
export const templateColumns = ['low_GeV', 'high_GeV', 'value_pb_per_GeV', 'error_pb_per_GeV']

/** A file to fill in: the bins of a measured m_ll spectrum, with comments that say how. */
export const templateText = [
  '# A measured spectrum of m_ll in pp -> l+ l- (one lepton flavour, full phase space).',
  '# One bin a line: edges in GeV, dsigma/dm_ll in pb/GeV, its total error (one standard deviation) in pb/GeV.',
  '# Bins touch each other and lie within 50 and 3000 GeV. Optional: columns cov_1, cov_2, ... with the covariance in (pb/GeV)^2.',
  '# sqrt_s_GeV = 13000',
  templateColumns.join(','),
  '',
].join('\n')
