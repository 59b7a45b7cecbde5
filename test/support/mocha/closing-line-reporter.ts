/** Reports a mocha run: the spec reporter, then which suites were skipped and why, then `N passed, N failed, N skipped`. */
import Mocha from 'mocha';

const HANG_AFTER_MS = 20_000;

/** Noted as they pass: when files run in parallel, the run's own tree of suites stays empty. */
function noteSkippedSuites(runner: Mocha.Runner): readonly string[] {
  const titles: string[] = [];
  runner.on(Mocha.Runner.constants.EVENT_SUITE_BEGIN, (suite) => {
    const isInner = titles.some((title) => suite.fullTitle().startsWith(`${title} `));
    if (suite.isPending() && !isInner) titles.push(suite.fullTitle());
  });
  return titles;
}

function closingLine(stats: Mocha.Stats, extraFailures = 0): string {
  return `${stats.passes} passed, ${stats.failures + extraFailures} failed, ${stats.pending} skipped`;
}

/** The timer is unreferenced: it fires only when something else, left open by a test, keeps the process alive. */
function failOnHang(stats: Mocha.Stats, afterMs: number): void {
  const giveUp = (): void => {
    const open = process.getActiveResourcesInfo().join(', ');
    console.log(`The tests are over, but something they left open keeps the process alive: ${open}`);
    console.log(closingLine(stats, 1));
    // mocha sets its own exit code in such a listener; this one comes after it.
    process.once('exit', () => {
      process.exitCode = 1;
    });
    process.exit();
  };
  setTimeout(giveUp, afterMs).unref();
}

/** `--reporter-option hangAfterMs=…`: how long the process may live on after the last test. */
function hangAfterMs(options: Mocha.MochaOptions): number {
  const given: unknown = options.reporterOptions;
  const asked =
    typeof given === 'object' && given !== null && 'hangAfterMs' in given ? given.hangAfterMs : undefined;
  return asked === undefined ? HANG_AFTER_MS : Number(asked);
}

function ClosingLineReporter(runner: Mocha.Runner, options: Mocha.MochaOptions): Mocha.reporters.Base {
  const spec = new Mocha.reporters.Spec(runner, options);
  const skipped = noteSkippedSuites(runner);
  runner.once(Mocha.Runner.constants.EVENT_RUN_END, () => {
    const { stats } = runner;
    if (stats === undefined) throw new Error('mocha counted nothing');
    for (const title of skipped) console.log(`Skipped: ${title}`);
    console.log(closingLine(stats));
    failOnHang(stats, hangAfterMs(options));
  });
  return spec;
}

export { ClosingLineReporter as default };
