import react from '@vitejs/plugin-react'
import { defineConfig, type UserConfig } from 'vite'

const config: UserConfig = defineConfig({
  plugins: [react()],
  // While editing the page: `npx vite apps/web` beside a running `./tessera up`.
  server: { proxy: { '/api': 'http://127.0.0.1:9935', '/stream': 'http://127.0.0.1:9935' } },
  build: { target: 'es2022', chunkSizeWarningLimit: 700 },
})
export default config
