type Props = { label: string; isChecked: boolean; onChange: (isChecked: boolean) => void };

/** The browser's own: it is known to everybody, and costs nothing. */
export function Checkbox({ label, isChecked, onChange }: Props) {
  return (
    <label className="check">
      <input type="checkbox" checked={isChecked} onChange={(event) => onChange(event.target.checked)} />
      {label}
    </label>
  );
}
