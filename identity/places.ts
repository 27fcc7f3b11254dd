import { PLACES } from './words/placeNames';

/** A place that a text begins with: how many characters it takes, and the name that all its spellings share. */
export interface FoundPlace {
  length: number;
  place: string;
}

/** 省, 市, 县 and longer ends fall away: 江苏省 and 江苏 are one. */
const ENDS = /(维吾尔|壮族|回族)?自治区$|特别行政区$|(..?族)+自治[州县]$|[省市县盟]$|地区$/;
const ZONES =
  /^(工业园区?|高新技术(产业)?(开发)?区|高新区|经济技术开发区|经济开发区|经开区|开发区|保税区|自贸区|新区)/;

interface County {
  stem: string;
  /** 区: its stem alone is too often a brand, so it counts only after its city. */
  isDistrict: boolean;
}

interface City {
  stem: string;
  counties: readonly County[];
}

interface Province {
  name: string;
  stem: string;
  cities: readonly City[];
}

const stemOf = (name: string): string => {
  const stem = name.replace(ENDS, '');
  return stem.length >= 2 ? stem : name;
};

const provinces: readonly Province[] = PLACES.map((line) => {
  const [name = '', rest = ''] = line.split(':');
  return { name, stem: stemOf(name), cities: rest.split('|').filter(Boolean).map(cityOf) };
});

function cityOf(text: string): City {
  const [name = '', counties = ''] = text.split('=');
  return {
    stem: name === '' ? '' : stemOf(name),
    counties: counties.split(' ').filter(Boolean).map(countyOf),
  };
}

function countyOf(name: string): County {
  const isDistrict = name.endsWith('区');
  return { stem: isDistrict && name.length > 2 ? name.slice(0, -1) : stemOf(name), isDistrict };
}

/**
 * Every spelling a name may begin with, and what the place is called after its parents fell away: a district keeps its city, others may
 * stand alone.
 */
const spellings = new Map<string, string>([['中国', '中国']]);
let longest = 2;
const put = (text: string, place: string): void => {
  if (!spellings.has(text)) spellings.set(text, place);
  longest = Math.max(longest, text.length);
};

for (const { name, stem: province } of provinces) for (const text of [name, province]) put(text, province);
for (const { name, stem: province, cities } of provinces)
  for (const { stem: city, counties } of cities) {
    const inProvince = [province, name];
    const inCity = ['', ...inProvince].flatMap((parent) => [parent + city, `${parent}${city}市`]);
    if (city !== '') for (const text of inCity) put(text, city);
    for (const { stem, isDistrict } of counties) {
      const parents = city === '' ? inProvince : isDistrict ? inCity : [...inCity, ...inProvince];
      const place = isDistrict ? (city || province) + stem : stem;
      for (const end of isDistrict ? ['区', ''] : ['市', '县', '']) {
        for (const parent of parents) put(parent + stem + end, place);
        if (end !== '' || !isDistrict) put(stem + end, isDistrict ? `${stem}区` : stem);
      }
    }
  }

/** The place a text begins with, parents and zone (工业园区) taken along; null if none. */
export function placeAtStart(text: string): FoundPlace | null {
  for (let length = Math.min(longest, text.length); length >= 2; length--) {
    const place = spellings.get(text.slice(0, length));
    if (place === undefined) continue;
    const [zone = ''] = ZONES.exec(text.slice(length)) ?? [];
    return { length: length + zone.length, place: place + zone };
  }
  return null;
}

/** The canonical name of a text that is a place and nothing else; null otherwise. */
export function placeOf(text: string): string | null {
  const found = placeAtStart(text);
  return found !== null && found.length === text.length ? found.place : null;
}
