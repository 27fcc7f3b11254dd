import { appliedMigrations, migrations as known } from '../../../warehouse';
import { bad, type Check, ok } from '../finding';

/** A migration whose text was edited after it ran made other tables than the text says. */
export const migrations: Check = {
  name: 'migrations',
  async run({ warehouse }) {
    const applied = await appliedMigrations(warehouse);
    const edited = known().filter(({ name, hash }) => {
      const kept = applied.get(name);
      return kept !== undefined && kept !== null && kept !== hash;
    });
    if (edited.length === 0) return [ok(`${applied.size} migrations are applied, none was edited since`)];
    return edited.map(({ name }) =>
      bad(
        'A migration was edited after it had been applied: the tables are not what its text says',
        `warehouse/migrations/${name}`,
        'Bring back its text (git checkout of this file) and put the change into a migration of its own',
      ),
    );
  },
};
