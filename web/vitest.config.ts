import { defineConfig, mergeConfig } from 'vitest/config'

import vite from './vite.config.ts'

export default mergeConfig(
  vite,
  defineConfig({
    test: {
      environment: 'happy-dom',
      include: ['test/**/*.test.ts'],
      restoreMocks: true,
      // With what stands in for its packages, as in the build.
      server: { deps: { inline: ['markdown-it'] } },
      // A busy machine is late now and then. The report says which passed at the second try only: look for the fault.
      retry: 1,
    },
  }),
)
