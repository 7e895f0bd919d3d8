import type { CreationOptional, InferAttributes, InferCreationAttributes, Model, Sequelize } from 'sequelize';
import type { CivilDate } from '../../domain/dates';
import type { Role } from '../../domain/roles';
import { cents, date, id, instant, int, json, key, longText, optional, ref, text, withDefault } from './columns';

type Row<T extends Model> = Model<InferAttributes<T>, InferCreationAttributes<T>>;

/** A person who signs in, or the system (id 1, which never signs in). */
export interface AppUser extends Row<AppUser> {
  id: CreationOptional<number>;
  username: string;
  displayName: string;
  passwordHash: string | null;
  disabledAt: Date | null;
  failedSignIns: CreationOptional<number>;
  lockedUntil: Date | null;
  createdAt: Date;
  version: CreationOptional<number>;
}

export interface UserRole extends Row<UserRole> {
  userId: number;
  role: Role;
}

/** A day on which the office does not work. */
export interface Holiday extends Row<Holiday> {
  onDate: CivilDate;
  name: string;
}

/** Somebody is away, both days included, and who stands in for them. */
export interface Absence extends Row<Absence> {
  id: CreationOptional<number>;
  userId: number;
  deputyId: number;
  fromOn: CivilDate;
  throughOn: CivilDate;
  createdBy: number;
  createdAt: Date;
  canceledAt: CreationOptional<Date | null>;
}

/** What one user may approve, in the place of the limits of their roles; null is without limit. */
export interface ApprovalLimit extends Row<ApprovalLimit> {
  userId: number;
  limitCents: number | null;
  setBy: number;
  setAt: Date;
}

export interface Session extends Row<Session> {
  tokenHash: string;
  userId: number;
  createdAt: Date;
  lastUsedAt: Date;
  expiresAt: Date;
  revokedAt: Date | null;
}

export interface Setting extends Row<Setting> {
  name: string;
  value: unknown;
  version: CreationOptional<number>;
  updatedBy: number;
  updatedAt: Date;
}

export interface NumberCounter extends Row<NumberCounter> {
  name: string;
  nextValue: number;
}

/** What a step did, stored in the transaction that did it (design.md decision 3). */
export interface ActivityResult extends Row<ActivityResult> {
  activityKey: string;
  inputHash: string;
  result: string | null;
  createdAt: Date;
}

export interface Draft extends Row<Draft> {
  id: string;
  kind: string;
  content: unknown;
  savedRevision: number | null;
  /** Everybody who wrote in it: none of them approves what it is saved as. */
  authorIds: unknown;
  createdBy: number;
  createdAt: Date;
  updatedAt: Date;
  /** Put away by a clerk: it can still be read, and is listed no more. */
  discardedAt: CreationOptional<Date | null>;
  version: CreationOptional<number>;
}

/** A frozen form: what a Save or a request handed in, never changed (design.md decision 2). */
export interface DraftRevision extends Row<DraftRevision> {
  draftId: string;
  revision: number;
  content: unknown;
  contentHash: string;
  /** The case that this revision was saved as. */
  caseId: CreationOptional<string | null>;
  createdBy: number;
  createdAt: Date;
}

/** A POST that carried an Idempotency-Key, with the id that it was given and the answer once known. */
export interface HttpRequest extends Row<HttpRequest> {
  id: CreationOptional<number>;
  userId: number;
  idempotencyKey: string;
  route: string;
  bodyHash: string;
  subjectId: string | null;
  caseType: string | null;
  status: number | null;
  response: string | null;
  /** What became of each item, of a request about several. */
  items: CreationOptional<string | null>;
  createdAt: Date;
  answeredAt: Date | null;
}

export interface AuditLog extends Row<AuditLog> {
  seq: number;
  at: Date;
  recordedAt: Date;
  actorId: number;
  action: string;
  entity: string;
  entityId: string;
  caseId: string | null;
  data: string;
  prevHash: string;
  hash: string;
}

export interface AuditHead extends Row<AuditHead> {
  id: number;
  seq: number;
  hash: string;
}

/** A row of an imported file that is in the records, with the hash of the row as it stood in the file. */
export interface ImportRow extends Row<ImportRow> {
  file: string;
  rowKey: string;
  rowHash: string;
  importedAt: Date;
}

/** The tables of the office itself: users, settings, forms, requests, audit, imports. */
export function defineOffice(s: Sequelize) {
  return {
    AppUser: s.define<AppUser>(
      'app_user',
      {
        id: id(),
        username: text(64),
        displayName: text(120),
        passwordHash: optional(text(255)),
        disabledAt: optional(instant()),
        failedSignIns: withDefault(int(), 0),
        lockedUntil: optional(instant()),
        createdAt: instant(),
        version: withDefault(int(), 0),
      },
      { version: true },
    ),
    UserRole: s.define<UserRole>('user_role', { userId: { ...ref(), primaryKey: true }, role: key(16) }),
    Holiday: s.define<Holiday>('holiday', { onDate: { ...date(), primaryKey: true }, name: text(80) }),
    Absence: s.define<Absence>('absence', {
      id: id(),
      userId: ref(),
      deputyId: ref(),
      fromOn: date(),
      throughOn: date(),
      createdBy: ref(),
      createdAt: instant(),
      canceledAt: optional(instant()),
    }),
    ApprovalLimit: s.define<ApprovalLimit>('approval_limit', {
      userId: { ...ref(), primaryKey: true },
      limitCents: optional(cents()),
      setBy: ref(),
      setAt: instant(),
    }),
    Session: s.define<Session>('session', {
      tokenHash: key(64),
      userId: ref(),
      createdAt: instant(),
      lastUsedAt: instant(),
      expiresAt: instant(),
      revokedAt: optional(instant()),
    }),
    Setting: s.define<Setting>('settings', {
      name: key(64),
      value: json(),
      version: withDefault(int(), 1),
      updatedBy: ref(),
      updatedAt: instant(),
    }),
    NumberCounter: s.define<NumberCounter>('number_counter', { name: key(32), nextValue: cents() }),
    ActivityResult: s.define<ActivityResult>('activity_result', {
      activityKey: key(160),
      inputHash: text(64),
      result: optional(longText()),
      createdAt: instant(),
    }),
    Draft: s.define<Draft>(
      'draft',
      {
        id: key(40),
        kind: text(24),
        content: json(),
        savedRevision: optional(int()),
        authorIds: json(),
        createdBy: ref(),
        createdAt: instant(),
        updatedAt: instant(),
        discardedAt: optional(instant()),
        version: withDefault(int(), 0),
      },
      { version: true },
    ),
    DraftRevision: s.define<DraftRevision>('draft_revision', {
      draftId: key(40),
      revision: { ...int(), primaryKey: true },
      content: json(),
      contentHash: text(64),
      caseId: optional(text(48)),
      createdBy: ref(),
      createdAt: instant(),
    }),
    HttpRequest: s.define<HttpRequest>('http_request', {
      id: id(),
      userId: ref(),
      idempotencyKey: text(255),
      route: text(120),
      bodyHash: text(64),
      subjectId: optional(text(64)),
      caseType: optional(text(16)),
      status: optional(int()),
      response: optional(longText()),
      items: optional(longText()),
      createdAt: instant(),
      answeredAt: optional(instant()),
    }),
    AuditLog: s.define<AuditLog>('audit_log', {
      seq: { ...cents(), primaryKey: true },
      at: instant(),
      recordedAt: instant(),
      actorId: ref(),
      action: text(64),
      entity: text(32),
      entityId: text(64),
      caseId: optional(text(48)),
      data: longText(),
      prevHash: text(64),
      hash: text(64),
    }),
    AuditHead: s.define<AuditHead>('audit_head', { id: { ...int(), primaryKey: true }, seq: cents(), hash: text(64) }),
    ImportRow: s.define<ImportRow>('import_row', {
      file: key(32),
      rowKey: key(120),
      rowHash: text(64),
      importedAt: instant(),
    }),
  };
}
