import type { Migration } from '../migrate';
import { create, drop } from './sql';

/** Settings, users, sessions, idempotency, numbering, drafts and the audit chain: what every later table leans on. */
export const up: Migration = async ({ context: sequelize }) => {
  await create(sequelize, [
    `CREATE TABLE app_user (
      id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
      username VARCHAR(64) NOT NULL,
      display_name VARCHAR(120) NOT NULL,
      password_hash VARCHAR(255) NULL,
      disabled_at DATETIME(3) NULL,
      failed_sign_ins INT NOT NULL DEFAULT 0,
      locked_until DATETIME(3) NULL,
      created_at DATETIME(3) NOT NULL,
      version INT NOT NULL DEFAULT 0,
      CONSTRAINT app_user_username UNIQUE (username)
    )`,
    `CREATE TABLE user_role (
      user_id INT NOT NULL,
      role VARCHAR(16) NOT NULL,
      PRIMARY KEY (user_id, role),
      CONSTRAINT user_role_user FOREIGN KEY (user_id) REFERENCES app_user (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT user_role_known CHECK (role IN ('clerk', 'supervisor', 'field', 'operator', 'admin'))
    )`,
    `CREATE TABLE session (
      token_hash CHAR(64) NOT NULL PRIMARY KEY,
      user_id INT NOT NULL,
      created_at DATETIME(3) NOT NULL,
      last_used_at DATETIME(3) NOT NULL,
      expires_at DATETIME(3) NOT NULL,
      revoked_at DATETIME(3) NULL,
      CONSTRAINT session_user FOREIGN KEY (user_id) REFERENCES app_user (id) ON DELETE RESTRICT ON UPDATE RESTRICT
    )`,
    `CREATE TABLE settings (
      name VARCHAR(64) NOT NULL PRIMARY KEY,
      value JSON NOT NULL,
      version INT NOT NULL DEFAULT 1,
      updated_by INT NOT NULL,
      updated_at DATETIME(3) NOT NULL,
      CONSTRAINT settings_updated_by FOREIGN KEY (updated_by) REFERENCES app_user (id) ON DELETE RESTRICT ON UPDATE RESTRICT
    )`,
    `CREATE TABLE number_counter (
      name VARCHAR(32) NOT NULL PRIMARY KEY,
      next_value BIGINT NOT NULL
    )`,
    `CREATE TABLE activity_result (
      activity_key VARCHAR(160) NOT NULL PRIMARY KEY,
      input_hash CHAR(64) NOT NULL,
      result LONGTEXT NULL,
      created_at DATETIME(3) NOT NULL
    )`,
    `CREATE TABLE draft (
      id VARCHAR(40) NOT NULL PRIMARY KEY,
      kind VARCHAR(24) NOT NULL,
      content JSON NOT NULL,
      saved_revision INT NULL,
      created_by INT NOT NULL,
      created_at DATETIME(3) NOT NULL,
      updated_at DATETIME(3) NOT NULL,
      version INT NOT NULL DEFAULT 0,
      CONSTRAINT draft_created_by FOREIGN KEY (created_by) REFERENCES app_user (id) ON DELETE RESTRICT ON UPDATE RESTRICT
    )`,
    `CREATE TABLE draft_revision (
      draft_id VARCHAR(40) NOT NULL,
      revision INT NOT NULL,
      content JSON NOT NULL,
      content_hash CHAR(64) NOT NULL,
      created_by INT NOT NULL,
      created_at DATETIME(3) NOT NULL,
      PRIMARY KEY (draft_id, revision),
      CONSTRAINT draft_revision_draft FOREIGN KEY (draft_id) REFERENCES draft (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT draft_revision_created_by FOREIGN KEY (created_by) REFERENCES app_user (id) ON DELETE RESTRICT ON UPDATE RESTRICT
    )`,
    `CREATE TABLE http_request (
      id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
      user_id INT NOT NULL,
      idempotency_key VARCHAR(255) NOT NULL,
      route VARCHAR(120) NOT NULL,
      body_hash CHAR(64) NOT NULL,
      subject_id VARCHAR(64) NULL,
      case_type VARCHAR(16) NULL,
      status INT NULL,
      response LONGTEXT NULL,
      created_at DATETIME(3) NOT NULL,
      answered_at DATETIME(3) NULL,
      CONSTRAINT http_request_key UNIQUE (user_id, idempotency_key),
      CONSTRAINT http_request_user FOREIGN KEY (user_id) REFERENCES app_user (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      KEY http_request_subject (subject_id)
    )`,
    `CREATE TABLE audit_log (
      seq BIGINT NOT NULL PRIMARY KEY,
      at DATETIME(3) NOT NULL,
      recorded_at DATETIME(3) NOT NULL,
      actor_id INT NOT NULL,
      action VARCHAR(64) NOT NULL,
      entity VARCHAR(32) NOT NULL,
      entity_id VARCHAR(64) NOT NULL,
      case_id VARCHAR(48) NULL,
      data LONGTEXT NOT NULL,
      prev_hash CHAR(64) NOT NULL,
      hash CHAR(64) NOT NULL,
      CONSTRAINT audit_log_actor FOREIGN KEY (actor_id) REFERENCES app_user (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      KEY audit_log_entity (entity, entity_id),
      KEY audit_log_case (case_id)
    )`,
    `CREATE TABLE audit_head (
      id INT NOT NULL PRIMARY KEY,
      seq BIGINT NOT NULL,
      hash CHAR(64) NOT NULL
    )`,
    `INSERT INTO number_counter (name, next_value) VALUES
      ('customer', 1), ('account', 1), ('location', 1), ('serviceOrder', 1), ('bill', 1), ('refund', 1)`,
    `INSERT INTO audit_head (id, seq, hash) VALUES (1, 0, REPEAT('0', 64))`,
    `INSERT INTO app_user (id, username, display_name, created_at) VALUES (1, 'system', 'Keyturn', UTC_TIMESTAMP(3))`,
  ]);
};

export const down: Migration = async ({ context: sequelize }) => {
  await drop(sequelize, [
    'audit_head',
    'audit_log',
    'http_request',
    'draft_revision',
    'draft',
    'activity_result',
    'number_counter',
    'settings',
    'session',
    'user_role',
    'app_user',
  ]);
};
