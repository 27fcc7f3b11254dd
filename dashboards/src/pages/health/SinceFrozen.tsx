import type { CustomerHealth } from '../../api/health';
import { useFilters } from '../../filters';
import { instant, tenth } from '../../format';
import { useHealthWords } from '../../words/health';

const at = (value: number | null) => (value === null ? null : String(value));

/** What a frozen month would be today, indicator by indicator, and every freeze it had. */
export function SinceFrozen({ health }: { health: CustomerHealth }) {
  const words = useHealthWords();
  const { lang } = useFilters().filters;
  const name = (indicator: string) =>
    indicator === 'score'
      ? words.score
      : ((words.indicators as Record<string, string>)[indicator] ?? indicator);
  if (health.versions.length === 0) return null;
  return (
    <section>
      <h4>{words.sinceFrozen}</h4>
      {health.restated.length === 0 && <p className="muted">{words.asFrozen}</p>}
      {health.restated.length > 0 && (
        <ul className="lines">
          {health.restated.map(({ indicator, cause, frozen, live, was, is }) => (
            <li key={indicator}>
              <span>{name(indicator)}</span>
              <span className="num">{`${tenth(at(frozen), lang)} → ${tenth(at(live), lang)}`}</span>
              <small className="muted">
                {words.causes[cause] ?? cause}
                {was &&
                  is &&
                  was[lang] !== is[lang] &&
                  ` · ${words.wasThen}${was[lang]} ${words.isNow}${is[lang]}`}
              </small>
            </li>
          ))}
        </ul>
      )}
      <p className="muted">
        {health.versions
          .map(({ version, frozen_at }) => `${words.version(String(version))} ${instant(frozen_at)}`)
          .join(' · ')}
      </p>
    </section>
  );
}
