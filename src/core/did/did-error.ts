/** Error codes of DID resolution (DID Core §7.1.2, did:key §3.1.2). */
export type DidErrorCode =
  | 'invalidDid'
  | 'invalidDidUrl'
  | 'invalidPublicKey'
  | 'invalidPublicKeyLength'
  | 'unsupportedPublicKeyType'
  | 'methodNotSupported'
  | 'notFound'
  | 'invalidDidDocument'
  | 'internalError';
