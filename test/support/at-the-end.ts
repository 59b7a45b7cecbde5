/** Tidying up once, when a whole run is over: by mocha, or outside mocha by the program that asks for it. */

type Task = () => Promise<void>;

const tasks: Task[] = [];

/** To be called while a module loads: within mocha it becomes a hook of the whole run. */
export function atTheEnd(task: Task): void {
  if ('after' in globalThis) after(task);
  else tasks.push(task);
}

/** For a program without mocha, as the last thing it does. */
export async function endNow(): Promise<void> {
  for (const task of tasks.splice(0)) await task();
}
