import { z } from 'zod';
import { ROLES } from '../../domain/roles';
import { byId, idText, instant, line, listOf, listQuery, userName } from './common';
import { anyCents } from './office';
import { role } from './words';

const roles = z.array(role).min(1).max(ROLES.length);

/** A limit of one user, in the place of those of their roles. */
const approvalLimit = z
  .strictObject({ cents: anyCents.nullable().openapi({ description: 'null: without limit' }) })
  .openapi('ApprovalLimit');

export const userParams = z.strictObject({ username: idText(64) });
export const userListQuery = listQuery(byId, {});
export const newUserBody = z
  .strictObject({
    username: userName,
    displayName: line(120),
    password: z.string().min(12, 'At least 12 characters').max(256),
    roles,
  })
  .openapi('NewUser');
/** A user as an administrator sees one. */
export const userShown = z
  .strictObject({
    username: z.string(),
    displayName: z.string(),
    roles: z.array(role),
    disabled: z.boolean(),
    approvalLimit: approvalLimit.nullable(),
    lockedUntil: instant.nullable(),
    createdAt: instant,
    version: z.int(),
  })
  .openapi('User');
export const userList = listOf(userShown);
export const createdUser = z
  .strictObject({ username: z.string(), displayName: z.string(), roles: z.array(role) })
  .openapi('CreatedUser');

/** What is to change of a user; a limit of null gives them back to the limits of their roles. */
export const userPatch = z
  .strictObject({ displayName: line(120), roles, disabled: z.boolean(), approvalLimit: approvalLimit.nullable() })
  .partial()
  .openapi('UserPatch');

/** Colleagues by name, where users are the administrator's. */
export const peopleQuery = z.strictObject({ role: role.optional() });
export const people = z
  .strictObject({
    data: z.array(z.strictObject({ username: z.string(), displayName: z.string(), roles: z.array(role) })),
  })
  .openapi('People');
