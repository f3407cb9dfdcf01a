export * from './achievement.ts';
export * from './claim.ts';
export * from './credential.ts';
export * from './frame.ts';
export * from './guide.ts';
export * from './home.ts';
export * from './issuer.ts';
export * from './people.ts';
