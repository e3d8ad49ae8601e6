/// <reference types="vitest/config" />
import { defineConfig } from 'vite';
import react from '@vitejs/plugin-react';

// these packages don't say so themselves, but importing them for one component changes nothing else
const withoutSideEffects =
  /node_modules\/(@digdir\/designsystemet-react|@floating-ui\/react|@tanstack\/(react-virtual|virtual-core)|@radix-ui\/|@navikt\/)/;

const platform = process.env.RENFORT ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react()],
  build: {
    target: 'baseline-widely-available',
    // the site's policy takes no inline file
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { treeshake: { moduleSideEffects: (id: string) => !withoutSideEffects.test(id) } },
  },
  server: { proxy: { '/api': platform, '/_local': platform } },
  test: { include: ['src/**/*.test.{ts,tsx}'] },
});
