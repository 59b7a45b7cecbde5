/** Answers for how long this process has been at work. */

/** Seconds since the first call. */
export function createProcessAge(): () => number {
  let began: number | undefined;
  return function processAge() {
    began ??= performance.now();
    return (performance.now() - began) / 1000;
  };
}
