/** Runs checks one after the other, says how each went, and counts what failed. */
export class Report {
  passed = 0;
  failed = 0;

  /**
   * @param {string} title what is true when the check passes
   * @param {() => unknown} work throws, or gives a promise that is rejected, where it is not true
   */
  async check(title, work) {
    const began = performance.now();
    try {
      await work();
      this.passed += 1;
      console.log(`  ok    ${title} (${Math.round(performance.now() - began)} ms)`);
    } catch (error) {
      this.failed += 1;
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      console.log(`  FAIL  ${title}\n${text.replace(/^/gm, "        ")}`);
    }
  }
}
