/** Names what a reading, a download or a saved file is made from. */
export interface FileSource {
  readonly kind: 'export' | 'ownFile';
  /** UUID of the export, or of the person's own file. */
  readonly id: string;
}
