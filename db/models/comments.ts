import type { CreationOptional, InferAttributes, InferCreationAttributes, Model, Sequelize } from 'sequelize';
import { id, instant, longText, optional, ref, text } from './columns';

type Row<T extends Model> = Model<InferAttributes<T>, InferCreationAttributes<T>>;

/** What somebody wrote down beside a case, or one of its tasks; it is never changed. */
export interface Comment extends Row<Comment> {
  id: CreationOptional<number>;
  caseId: string;
  taskId: string | null;
  authorId: number;
  text: string;
  createdAt: Date;
}

/** A document beside a case, or one of its tasks, by reference: the file stays in its store. */
export interface Attachment extends Row<Attachment> {
  id: CreationOptional<number>;
  caseId: string;
  taskId: string | null;
  authorId: number;
  title: string;
  uri: string;
  mediaType: string | null;
  sha256: string | null;
  createdAt: Date;
}

/** The tables of what people add to a case. */
export function defineComments(s: Sequelize) {
  return {
    Comment: s.define<Comment>('comment', {
      id: id(),
      caseId: text(48),
      taskId: optional(text(40)),
      authorId: ref(),
      text: longText(),
      createdAt: instant(),
    }),
    Attachment: s.define<Attachment>('attachment', {
      id: id(),
      caseId: text(48),
      taskId: optional(text(40)),
      authorId: ref(),
      title: text(200),
      uri: text(1000),
      mediaType: optional(text(100)),
      sha256: optional(text(64)),
      createdAt: instant(),
    }),
  };
}
