import type { Migration } from '../migrate';
import { create, drop } from './sql';

/** What people write down beside a case, and the documents that they refer to; the files stay in their own store. */
export const up: Migration = async ({ context: sequelize }) => {
  await create(sequelize, [
    `CREATE TABLE comment (
      id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
      case_id VARCHAR(48) NOT NULL,
      task_id VARCHAR(40) NULL,
      author_id INT NOT NULL,
      text TEXT NOT NULL,
      created_at DATETIME(3) NOT NULL,
      CONSTRAINT comment_case FOREIGN KEY (case_id) REFERENCES cases (case_id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT comment_task FOREIGN KEY (task_id) REFERENCES human_task (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT comment_author FOREIGN KEY (author_id) REFERENCES app_user (id) ON DELETE RESTRICT ON UPDATE RESTRICT
    )`,
    `CREATE TABLE attachment (
      id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
      case_id VARCHAR(48) NOT NULL,
      task_id VARCHAR(40) NULL,
      author_id INT NOT NULL,
      title VARCHAR(200) NOT NULL,
      uri VARCHAR(1000) NOT NULL,
      media_type VARCHAR(100) NULL,
      sha256 CHAR(64) NULL,
      created_at DATETIME(3) NOT NULL,
      CONSTRAINT attachment_case FOREIGN KEY (case_id) REFERENCES cases (case_id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT attachment_task FOREIGN KEY (task_id) REFERENCES human_task (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT attachment_author FOREIGN KEY (author_id) REFERENCES app_user (id) ON DELETE RESTRICT ON UPDATE RESTRICT
    )`,
  ]);
};

export const down: Migration = async ({ context: sequelize }) => {
  await drop(sequelize, ['attachment', 'comment']);
};
