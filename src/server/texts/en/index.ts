// The words of the pages that the server renders, and of its printed sheets, one file per part. Sentences about credentials come
// from the catalogues of core.

export * from './achievement.ts';
export * from './claim.ts';
export * from './credential.ts';
export * from './frame.ts';
export * from './guide.ts';
export * from './home.ts';
export * from './issuer.ts';
export * from './people.ts';
