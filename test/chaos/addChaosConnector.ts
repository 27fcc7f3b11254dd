import type { Connector } from '../../connectors/kit';
import { connectors } from '../../hub/connectors';
import { chaos } from './connector';

/** Preloaded into a real hub (NODE_OPTIONS=--require): its config may then name the chaos source. */
(connectors as Map<string, Connector>).set('chaos', chaos);
