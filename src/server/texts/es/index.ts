export * from './credential.ts';
export * from './frame.ts';
export * from './guide.ts';
