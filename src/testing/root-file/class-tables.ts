// What ROOT 6.08 writes of the classes of a tree (TStreamerInfo): members in the order in which they are streamed. A line is
// "kind name type code size", for bases the version, for arrays the member that counts them.

/** By class: version, checksum and members. */
export const classTables: readonly {
  name: string
  version: number
  checksum: number
  members: readonly string[]
}[] = [
  {
    ...{ name: 'TTree', version: 19, checksum: 1487116011 },
    members: [
      ...['base TNamed 67 1', 'base TAttLine 0 2', 'base TAttFill 0 2', 'base TAttMarker 0 2'],
      ...['fEntries', 'fTotBytes', 'fZipBytes', 'fSavedBytes', 'fFlushedBytes'].map(
        (m) => `basic ${m} Long64_t 16 8`,
      ),
      'basic fWeight double 8 8',
      ...['fTimerInterval', 'fScanField', 'fUpdate', 'fDefaultEntryOffsetLen'].map(
        (m) => `basic ${m} int 3 4`,
      ),
      'basic fNClusterRange int 6 4',
      ...['fMaxEntries', 'fMaxEntryLoop', 'fMaxVirtualSize', 'fAutoSave', 'fAutoFlush', 'fEstimate'].map(
        (m) => `basic ${m} Long64_t 16 8`,
      ),
      ...['fClusterRangeEnd', 'fClusterSize'].map((m) => `array ${m} Long64_t* 56 8 fNClusterRange TTree 19`),
      ...[
        'object fBranches TObjArray 61 64',
        'object fLeaves TObjArray 61 64',
        'pointer fAliases TList* 64 8',
      ],
      ...[
        'any fIndexValues TArrayD 62 24',
        'any fIndex TArrayI 62 24',
        'pointer fTreeIndex TVirtualIndex* 64 8',
      ],
      ...[
        'pointer fFriends TList* 64 8',
        'pointer fUserInfo TList* 64 8',
        'pointer fBranchRef TBranchRef* 64 8',
      ],
    ],
  },
  {
    ...{ name: 'TAttLine', version: 2, checksum: 2483504457 },
    members: ['basic fLineColor short 2 2', 'basic fLineStyle short 2 2', 'basic fLineWidth short 2 2'],
  },
  {
    ...{ name: 'TAttFill', version: 2, checksum: 4292422290 },
    members: ['basic fFillColor short 2 2', 'basic fFillStyle short 2 2'],
  },
  {
    ...{ name: 'TAttMarker', version: 2, checksum: 689802220 },
    members: ['basic fMarkerColor short 2 2', 'basic fMarkerStyle short 2 2', 'basic fMarkerSize float 5 4'],
  },
  {
    ...{ name: 'TBranch', version: 12, checksum: 1494256824 },
    members: [
      ...['base TNamed 67 1', 'base TAttFill 0 2'],
      ...['fCompress', 'fBasketSize', 'fEntryOffsetLen', 'fWriteBasket'].map((m) => `basic ${m} int 3 4`),
      ...['basic fEntryNumber Long64_t 16 8', 'basic fOffset int 3 4', 'basic fMaxBaskets int 6 4'],
      'basic fSplitLevel int 3 4',
      ...['fEntries', 'fFirstEntry', 'fTotBytes', 'fZipBytes'].map((m) => `basic ${m} Long64_t 16 8`),
      ...['fBranches', 'fLeaves', 'fBaskets'].map((m) => `object ${m} TObjArray 61 64`),
      'array fBasketBytes int* 43 4 fMaxBaskets TBranch 12',
      ...['fBasketEntry', 'fBasketSeek'].map((m) => `array ${m} Long64_t* 56 8 fMaxBaskets TBranch 12`),
      'string fFileName TString 65 24',
    ],
  },
  {
    ...{ name: 'TBranchElement', version: 10, checksum: 3858988207 },
    members: [
      'base TBranch 0 12',
      ...['fClassName', 'fParentName', 'fClonesName'].map((m) => `string ${m} TString 65 24`),
      ...['basic fCheckSum unsigned_int 13 4', 'basic fClassVersion short 2 2'],
      ...['fID', 'fType', 'fStreamerType', 'fMaximum'].map((m) => `basic ${m} int 3 4`),
      ...['fBranchCount', 'fBranchCount2'].map((m) => `pointer ${m} TBranchElement* 64 8`),
    ],
  },
  {
    ...{ name: 'TLeaf', version: 2, checksum: 1830715730 },
    members: [
      ...['base TNamed 67 1', 'basic fLen int 3 4', 'basic fLenType int 3 4', 'basic fOffset int 3 4'],
      ...['basic fIsRange bool 18 1', 'basic fIsUnsigned bool 18 1', 'pointer fLeafCount TLeaf* 64 8'],
    ],
  },
  ...[
    ['TLeafO', 'bool 18 1', 0x5d1b2a51],
    ['TLeafB', 'char 1 1', 0x0f1ee7a5],
    ['TLeafS', 'short 2 2', 0x13dd8c8f],
    ['TLeafI', 'int 3 4', 2120920601],
    ['TLeafL', 'Long64_t 16 8', 3727820898],
    ['TLeafF', 'float 5 4', 987602290],
    ['TLeafD', 'double 8 8', 294553462],
    ['TLeafC', 'int 3 4', 4226003699],
  ].map(([name, type, checksum]) => ({
    ...{ name: String(name), version: 1, checksum: Number(checksum) },
    members: ['base TLeaf 0 2', `basic fMinimum ${type}`, `basic fMaximum ${type}`],
  })),
  {
    ...{ name: 'TLeafElement', version: 1, checksum: 2689566867 },
    members: ['base TLeaf 0 2', 'basic fID int 3 4', 'basic fType int 3 4'],
  },
]
