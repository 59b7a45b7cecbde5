/** Defines the one error that a download's stream throws. */
import type { ContentFault } from '../../../ports/goals-exports.ts';

/** The file ended before it was whole, or grew too large, or came too slowly. */
export class ContentBroken extends Error {
  override readonly name = 'ContentBroken';
  readonly fault: ContentFault;

  constructor(fault: ContentFault, options?: ErrorOptions) {
    super(`The content broke off: ${fault}`, options);
    this.fault = fault;
  }
}
