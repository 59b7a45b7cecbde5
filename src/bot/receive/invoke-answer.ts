/** Answers for the answer to an invoke: an HTTP status and a body that the channel reads. */

export interface InvokeAnswer {
  readonly status: number;
  readonly body?: object;
}
