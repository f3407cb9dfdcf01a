import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/journeys/**/*.test.ts'],
    environment: 'node',
    // For a machine that is several times slower; a step that never comes is told after half a minute.
    testTimeout: 300_000,
    hookTimeout: 180_000,
    // What comes in the end comes late on a busy machine.
    expect: { poll: { timeout: 30_000 } },
    // Each drives a process and a browser of its own, and waits for them much of the time.
    maxWorkers: 2,
  },
});
