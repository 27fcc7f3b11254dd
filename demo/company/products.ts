import type { Product } from './entities';
import type { Random } from './random';

const GROUPS: readonly {
  group: string;
  isCore: boolean;
  prefix: string;
  items: readonly string[];
  price: readonly [number, number];
}[] = [
  {
    group: '精密轴类',
    isCore: true,
    prefix: 'ZL',
    items: ['花键轴', '阶梯轴', '空心主轴', '滚珠丝杠', '光轴'],
    price: [85, 1_600],
  },
  {
    group: '传动件',
    isCore: true,
    prefix: 'CD',
    items: ['斜齿轮', '蜗轮副', '同步带轮', '联轴器', '行星架'],
    price: [60, 1_200],
  },
  {
    group: '液压件',
    isCore: true,
    prefix: 'YY',
    items: ['液压缸筒', '活塞杆', '阀块', '端盖', '集成块'],
    price: [120, 2_400],
  },
  {
    group: '结构件',
    isCore: false,
    prefix: 'JG',
    items: ['机架焊接件', '轴承座', '导轨底座', '防护罩'],
    price: [90, 1_500],
  },
  {
    group: '标准件',
    isCore: false,
    prefix: 'BZ',
    items: ['定位销', '高强螺栓', '锁紧螺母', '卡簧'],
    price: [2, 40],
  },
  {
    group: '外购件',
    isCore: false,
    prefix: 'WG',
    items: ['密封圈', '轴承', '传感器支架', '润滑接头'],
    price: [8, 260],
  },
];
/** Product groups that the company calls its core business; what demand match (HEA-2) compares with. */
export const CORE_GROUPS = GROUPS.filter((group) => group.isCore).map((group) => group.group);

/** About 160 products: each item in several sizes, with a price for one piece including 13 % tax. */
export function makeProducts(random: Random): Product[] {
  return GROUPS.flatMap(({ group, isCore, prefix, items, price: [low, high] }) =>
    items.flatMap((item, place) =>
      Array.from({ length: 6 }, (_, size) => ({
        code: `${prefix}${String(place + 1).padStart(2, '0')}-${(size + 1) * 10}`,
        name: `${item} ${prefix}${(size + 1) * 10}`,
        group,
        isCore,
        price: Math.round(low * (high / low) ** random.between(0.1, 0.9) * 113),
      })),
    ),
  );
}
