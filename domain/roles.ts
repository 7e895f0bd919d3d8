/** What a signed-in person may be; a person can hold several (design.md section 2). */
export const ROLES = ['clerk', 'supervisor', 'field', 'operator', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** The user id of the system itself: it drafts and starts, and never approves. */
export const SYSTEM_USER_ID = 1;
