/** Once after all test files: stops what globalSetup started. */
export default async function globalTeardown(): Promise<void> {
  // Nothing is shared yet.
}
