/** Says when Viva Goals was retired. Source: Microsoft 365 message centre, MC949603. */

export const retiredOn = '31 December 2025';
export const retirementHint = `Good to know: Microsoft retired Viva Goals on ${retiredOn}. That may be the reason.`;
