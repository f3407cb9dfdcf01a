import { defineConfig } from 'vitest/config';

const common = {
  environment: 'node',
  // Machines of tests are small and shared; what hangs, or grows without a bound, is still told.
  testTimeout: 120_000,
  hookTimeout: 180_000,
  // What comes in the end comes late on a busy machine.
  expect: { poll: { timeout: 30_000 } },
  maxWorkers: 2,
  // Loading the code anew for each file took a third of the time; no file changes what another sees.
  isolate: false,
};

export default defineConfig({
  test: {
    ...common,
    projects: [
      {
        test: {
          ...common,
          name: 'library',
          include: ['src/{core,node,cli,web}/**/*.test.{ts,tsx}', 'test/unit/**/*.test.ts'],
        },
      },
      {
        test: {
          ...common,
          name: 'service',
          include: ['src/server/**/*.test.ts'],
          globalSetup: ['src/server/prepare-databases.ts'],
        },
      },
    ],
  },
});
