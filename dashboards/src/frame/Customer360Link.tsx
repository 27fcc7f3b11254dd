import { Link } from '@tanstack/react-router';
import { type Address, shared, useFilters } from '../filters';
import { useWords } from '../words';

/** From wherever a customer's name stands to its page. */
export function Customer360Link({ customer }: { customer: string }) {
  const { customer360 } = useWords('frame');
  const { first } = useFilters();
  return (
    <Link to="/customer" search={(old: Address) => ({ ...shared(old, first), account: customer })}>
      {customer360}
    </Link>
  );
}
