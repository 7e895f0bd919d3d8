import type { Migration } from '../migrate';
import { create, drop } from './sql';

const officeHoursOf = (name: string): string =>
  `CAST(LEAST(1000, CEILING(JSON_EXTRACT(value, '$.${name}') * 9 / 24)) AS SIGNED)`;

/**
 * Human tasks in full: who has one, how urgent it is, what everybody is to it, holidays and deputies; and four-eyes held by
 * the database alone: an approving decision refers to the approver's part in the task, and nobody has two parts.
 */
export const up: Migration = async ({ context: sequelize }) => {
  await create(sequelize, [
    `ALTER TABLE human_task
      ADD COLUMN owner_id INT NULL,
      ADD COLUMN priority INT NOT NULL DEFAULT 50,
      ADD COLUMN escalate_again_at DATETIME(3) NULL,
      ADD COLUMN escalation INT NOT NULL DEFAULT 0,
      ADD CONSTRAINT human_task_owner FOREIGN KEY (owner_id) REFERENCES app_user (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      ADD CONSTRAINT human_task_priority CHECK (priority BETWEEN 0 AND 100),
      ADD CONSTRAINT human_task_escalation CHECK (escalation BETWEEN 0 AND 2)`,
    `UPDATE human_task SET escalation = 1, priority = 75 WHERE escalated_at IS NOT NULL`,
    `CREATE TABLE task_part (
      task_id VARCHAR(40) NOT NULL,
      user_id INT NOT NULL,
      part VARCHAR(12) NOT NULL,
      PRIMARY KEY (task_id, user_id),
      CONSTRAINT task_part_as UNIQUE (task_id, user_id, part),
      CONSTRAINT task_part_task FOREIGN KEY (task_id) REFERENCES human_task (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT task_part_user FOREIGN KEY (user_id) REFERENCES app_user (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT task_part_known CHECK (part IN ('STARTER', 'DRAFTER', 'EXCLUDED', 'APPROVER'))
    )`,
    `INSERT INTO task_part (task_id, user_id, part)
      SELECT t.id, c.started_by, 'STARTER' FROM human_task t JOIN cases c ON c.case_id = t.case_id`,
    `INSERT IGNORE INTO task_part (task_id, user_id, part)
      SELECT id, drafted_by, 'DRAFTER' FROM human_task WHERE drafted_by IS NOT NULL`,
    `INSERT IGNORE INTO task_part (task_id, user_id, part)
      SELECT t.id, u.id, 'EXCLUDED' FROM human_task t JOIN app_user u ON JSON_CONTAINS(t.excluded_user_ids, CAST(u.id AS CHAR))`,
    `INSERT IGNORE INTO task_part (task_id, user_id, part)
      SELECT DISTINCT task_id, actor_id, 'APPROVER' FROM decision WHERE is_approval`,
    `ALTER TABLE decision
      ADD COLUMN approver_part VARCHAR(12) GENERATED ALWAYS AS (CASE WHEN is_approval THEN 'APPROVER' END) STORED`,
    `ALTER TABLE decision
      ADD CONSTRAINT decision_approver FOREIGN KEY (task_id, actor_id, approver_part)
        REFERENCES task_part (task_id, user_id, part) ON DELETE RESTRICT ON UPDATE RESTRICT,
      ADD KEY decision_unanswered (status, created_at)`,
    `ALTER TABLE case_command ADD KEY case_command_unanswered (status, created_at)`,
    `ALTER TABLE field_report ADD KEY field_report_unanswered (status, created_at)`,
    `CREATE TABLE holiday (
      on_date DATE NOT NULL PRIMARY KEY,
      name VARCHAR(80) NOT NULL
    )`,
    `CREATE TABLE absence (
      id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
      user_id INT NOT NULL,
      deputy_id INT NOT NULL,
      from_on DATE NOT NULL,
      through_on DATE NOT NULL,
      created_by INT NOT NULL,
      created_at DATETIME(3) NOT NULL,
      canceled_at DATETIME(3) NULL,
      CONSTRAINT absence_user FOREIGN KEY (user_id) REFERENCES app_user (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT absence_deputy FOREIGN KEY (deputy_id) REFERENCES app_user (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT absence_creator FOREIGN KEY (created_by) REFERENCES app_user (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT absence_other CHECK (deputy_id <> user_id),
      CONSTRAINT absence_days CHECK (through_on >= from_on),
      KEY absence_of_deputy (deputy_id, from_on)
    )`,
    // An office's own setting of an earlier version has real hours, 24 a day; now they are office hours, 9 a day.
    `UPDATE settings SET value = JSON_OBJECT(
        'remindAfterHours', ${officeHoursOf('remindAfterHours')}, 'dueAfterHours', ${officeHoursOf('dueAfterHours')},
        'escalateAgainAfterHours', 2 * GREATEST(${officeHoursOf('remindAfterHours')}, ${officeHoursOf('dueAfterHours')}),
        'priority', 50, 'byType', JSON_OBJECT())
      WHERE name = 'tasks' AND JSON_EXTRACT(value, '$.escalateAgainAfterHours') IS NULL`,
  ]);
};

export const down: Migration = async ({ context: sequelize }) => {
  await drop(sequelize, ['absence', 'holiday']);
  await create(sequelize, [
    `ALTER TABLE field_report DROP KEY field_report_unanswered`,
    `ALTER TABLE case_command DROP KEY case_command_unanswered`,
    // The foreign keys of the columns need an index of their own before the one that served them can go.
    `ALTER TABLE decision DROP FOREIGN KEY decision_approver, DROP KEY decision_unanswered`,
    `ALTER TABLE decision ADD KEY decision_task (task_id), DROP KEY decision_approver, DROP COLUMN approver_part`,
  ]);
  await drop(sequelize, ['task_part']);
  await create(sequelize, [
    `ALTER TABLE human_task DROP CONSTRAINT human_task_owner, DROP CONSTRAINT human_task_priority, DROP CONSTRAINT human_task_escalation`,
    `ALTER TABLE human_task DROP COLUMN owner_id, DROP COLUMN priority, DROP COLUMN escalate_again_at, DROP COLUMN escalation`,
  ]);
};
