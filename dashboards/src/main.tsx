import './styles';
import './app.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { createRoot } from 'react-dom/client';
import { router } from './router';

const page = document.getElementById('root');
if (!page) throw new Error('index.html has no element with the id root');

createRoot(page).render(
  <QueryClientProvider
    client={new QueryClient({ defaultOptions: { queries: { refetchOnWindowFocus: false } } })}
  >
    <RouterProvider router={router} />
  </QueryClientProvider>,
);
