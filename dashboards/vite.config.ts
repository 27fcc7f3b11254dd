import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The floor is Mantine's; WeChat and WeCom web views lag behind browsers. The hub serves dist/ at its root. */
export default defineConfig({
  plugins: [react()],
  build: { target: ['chrome108', 'safari15.4'], chunkSizeWarningLimit: 700 },
});
