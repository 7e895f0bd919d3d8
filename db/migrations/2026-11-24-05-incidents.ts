import type { Migration } from '../migrate';
import { create, drop } from './sql';

/** Which command resolved an incident, and what was proposed to amend so that its step can go on (design.md decision 7). */
export const up: Migration = async ({ context: sequelize }) => {
  await create(sequelize, [
    `ALTER TABLE incident
      ADD COLUMN command_id VARCHAR(40) NULL,
      ADD KEY incident_case (case_id),
      ADD CONSTRAINT incident_command FOREIGN KEY (command_id) REFERENCES case_command (id) ON DELETE RESTRICT ON UPDATE RESTRICT`,
    // A forged decision stops nothing and has no action: it is noted, not open (docs/decisions.md).
    `UPDATE incident SET status = 'RESOLVED', resolved_at = opened_at, resolved_by = 1, resolution = 'NOTED'
      WHERE code = 'FORGED_DECISION' AND status = 'OPEN'`,
    `CREATE TABLE amendment (
      id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
      incident_id INT NOT NULL,
      command_id VARCHAR(40) NOT NULL,
      task_id VARCHAR(40) NOT NULL,
      kind VARCHAR(16) NOT NULL,
      content JSON NOT NULL,
      content_hash CHAR(64) NOT NULL,
      proposed_by INT NOT NULL,
      proposed_at DATETIME(3) NOT NULL,
      status VARCHAR(12) NOT NULL,
      decision_id VARCHAR(40) NULL,
      pending_key INT GENERATED ALWAYS AS (CASE WHEN status = 'PROPOSED' THEN incident_id END) STORED,
      CONSTRAINT amendment_one_pending UNIQUE (pending_key),
      CONSTRAINT amendment_incident FOREIGN KEY (incident_id) REFERENCES incident (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT amendment_command FOREIGN KEY (command_id) REFERENCES case_command (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT amendment_task FOREIGN KEY (task_id) REFERENCES human_task (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT amendment_proposer FOREIGN KEY (proposed_by) REFERENCES app_user (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT amendment_decision FOREIGN KEY (decision_id) REFERENCES decision (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT amendment_kind CHECK (kind IN ('RATES')),
      CONSTRAINT amendment_status CHECK (status IN ('PROPOSED', 'APPLIED', 'REJECTED', 'WITHDRAWN')),
      CONSTRAINT amendment_decided CHECK ((status IN ('APPLIED', 'REJECTED')) = (decision_id IS NOT NULL))
    )`,
  ]);
};

export const down: Migration = async ({ context: sequelize }) => {
  await drop(sequelize, ['amendment']);
  await create(sequelize, [
    `ALTER TABLE incident DROP CONSTRAINT incident_command, DROP COLUMN command_id, DROP KEY incident_case`,
  ]);
};
