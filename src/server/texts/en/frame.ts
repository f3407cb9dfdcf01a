/** Around every page. */
export const frame = {
  skip: 'Skip to content',
  menu: 'Main',
  verify: 'Verify a credential',
  guide: 'Framework guide',
  issue: 'Issue',
  test: 'Test.',
  testWhy: 'This service has no https address yet. What it issues is not for real use.',
  sample: 'Sample data.',
  sampleWhy: 'Everybody and everything here is fictional, and what is issued is not for real use.',
  foot: 'Assay is open-source software. It checks credentials against published rules and shows its work. Open Badges and TrustEd are marks of 1EdTech; Assay is not affiliated with it and certifies nothing.',
};
