/** Once before all test files, in jest's own process: what they share is started here and told through process.env. */
export default async function globalSetup(): Promise<void> {
  // Nothing is shared yet.
}
