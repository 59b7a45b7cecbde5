/** Recognises GUIDs. */
const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** True for `8-4-4-4-12` hexadecimal digits in either case. */
export const isGuid = (text: string): boolean => guid.test(text);
