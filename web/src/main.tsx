import '@fontsource-variable/public-sans/index.css';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import './frame/print.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Problem } from './api/problem';
import { router } from './router';
import { Gate } from './session/gate';
import { contrast, theme } from './theme';

const cache = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // The client itself waits for a server that is away; what a server has refused it refuses again.
      retry: (count, error) => !(error instanceof Problem) && count < 2,
    },
    mutations: { retry: false },
  },
});

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={contrast} forceColorScheme="light">
      <Notifications position="bottom-left" autoClose={5_000} limit={3} />
      <QueryClientProvider client={cache}>
        <Gate>
          <RouterProvider router={router} />
        </Gate>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
