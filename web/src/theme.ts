import { createTheme, type CSSVariablesResolver } from '@mantine/core';

/** The look of the console: dark shades, so that text on colour and colour on white meet WCAG AA. */
export const theme = createTheme({
  fontFamily: '"Public Sans Variable", "Public Sans", system-ui, sans-serif',
  primaryColor: 'blue',
  primaryShade: 8,
  autoContrast: true,
  defaultRadius: 'sm',
  cursorType: 'pointer',
  headings: { fontWeight: '650' },
  components: {
    Anchor: { defaultProps: { inherit: true } },
    // Without a fade: whoever has opened it reads at once.
    Modal: { defaultProps: { transitionProps: { duration: 0 } } },
    CloseButton: { defaultProps: { 'aria-label': 'Close' } },
    Button: { defaultProps: { size: 'sm' } },
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': 'Close this message' } } },
    Table: { defaultProps: { verticalSpacing: 6, highlightOnHover: true } },
    TextInput: { defaultProps: { size: 'sm' } },
  },
});

/** Mantine's own grey and red are too light on white, and its colours on their light selves. */
export const contrast: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': 'var(--mantine-color-gray-7)',
    '--mantine-color-error': 'var(--mantine-color-red-9)',
    '--mantine-color-placeholder': 'var(--mantine-color-gray-7)',
    '--mantine-color-red-light': 'var(--mantine-color-red-0)',
    '--mantine-color-yellow-light': 'var(--mantine-color-yellow-0)',
    '--mantine-color-yellow-light-color': '#6b4400',
    '--mantine-color-green-light': 'var(--mantine-color-green-0)',
    '--mantine-color-green-light-color': '#1d6330',
  },
  dark: {},
});
