// @ts-check

/** Ends the set-up with a message for the person at the keyboard, without a stack. */
export class SetupError extends Error {}
