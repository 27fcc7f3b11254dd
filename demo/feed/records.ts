/** Records of one kind (form, object, service) for a sandbox: `sandbox.seed(kind, records)`. */
export interface Seed {
  kind: string;
  records: Record<string, unknown>[];
}
