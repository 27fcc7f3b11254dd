import { useMediaQuery } from '@mantine/hooks';

/** A phone: three columns, the menu at the bottom, charts of six months. */
export const useNarrow = () => useMediaQuery('(max-width: 767px)', false, { getInitialValueInEffect: false });
