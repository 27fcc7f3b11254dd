import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { getInstanceByDom, init, use as registerParts, type EChartsCoreOption } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { font, tokens, type Mode } from '../theme';

registerParts([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

export type ChartProps = {
  option: EChartsCoreOption;
  label: string;
  mode: Mode;
  height: number;
  /** the category that was clicked; the table view holds the same as links */
  onPick?: ((index: number) => void) | undefined;
};

/** One ECharts instance: themed, resized, named for screen readers. Everything it shows is also in the table view. */
export default function Chart({ option, label, mode, height, onPick }: ChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const pick = useRef(onPick);
  useEffect(() => {
    pick.current = onPick;
  });
  useEffect(() => {
    if (!box.current) return undefined;
    const chart = init(box.current, null, { renderer: 'svg' });
    const resize = new ResizeObserver(() => chart.resize());
    resize.observe(box.current);
    chart.on('click', ({ dataIndex }) => {
      if (typeof dataIndex === 'number') pick.current?.(dataIndex);
    });
    return () => {
      resize.disconnect();
      chart.dispose();
    };
  }, []);
  useEffect(() => {
    const base = {
      animation: false,
      color: [...tokens[mode].series],
      textStyle: { fontFamily: font, color: tokens[mode].text },
    };
    if (box.current) getInstanceByDom(box.current)?.setOption({ ...base, ...option }, { notMerge: true });
  }, [option, mode]);
  return (
    <div
      ref={box}
      role="img"
      aria-label={label}
      data-chart
      style={{ height, width: '100%', ...(onPick && { cursor: 'pointer' }) }}
    />
  );
}
