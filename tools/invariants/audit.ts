import { numberFormOf } from '../../db/reads/next-number';
import { numberOf } from '../../domain/customer-number';
import { Transaction } from 'sequelize';
import { sha256 } from '../../db/canonical';
import { auditText } from '../../db/records/audit';
import { readSettings } from '../../db/records/settings';
import type { NumberName } from '../../domain/settings';
import type { Invariant } from './invariant';

const FIRST = '0'.repeat(64);

/** The audit chain is unbroken, and no number will be handed out twice. */
export const audit: Invariant[] = [
  {
    name: 'audit-chain',
    says: 'Each audit line has the hash of itself and the line before, and the head is the last one',
    find: (db) =>
      // Lines and head of one moment: the office goes on writing meanwhile.
      db.sequelize.transaction({ isolationLevel: Transaction.ISOLATION_LEVELS.REPEATABLE_READ }, async () => {
        const broken: string[] = [];
        let [seq, hash] = [0, FIRST];
        for (const line of await db.AuditLog.findAll({ order: [['seq', 'ASC']] })) {
          const { at, actorId, action, entity, entityId, caseId, data } = line;
          seq += 1;
          const text = auditText({ seq: Number(line.seq), at, actorId, action, entity, entityId, caseId, data });
          const whole = Number(line.seq) === seq && line.prevHash === hash && line.hash === sha256(hash + text);
          if (!whole) broken.push(`line ${line.seq}`);
          hash = line.hash;
          seq = Number(line.seq);
        }
        const head = await db.AuditHead.findByPk(1);
        if (!head || Number(head.seq) !== seq || head.hash !== hash) broken.push('the head is not the last line');
        return broken;
      }),
  },
  {
    name: 'numbers-not-twice',
    says: 'The next number of each series is free',
    find: async (db) => {
      const settings = await readSettings(db);
      const taken: Record<NumberName, (number: string) => Promise<number>> = {
        customer: (customerNumber) => db.Customer.count({ where: { customerNumber } }),
        account: (accountNumber) => db.Account.count({ where: { accountNumber } }),
        location: (locationNumber) => db.Location.count({ where: { locationNumber } }),
        serviceOrder: (orderNumber) => db.ServiceOrder.count({ where: { orderNumber } }),
        bill: (billNumber) => db.Bill.count({ where: { billNumber } }),
        refund: (refundNumber) => db.Refund.count({ where: { refundNumber } }),
      };
      const broken: string[] = [];
      for (const { name, nextValue } of await db.NumberCounter.findAll()) {
        const series = name as NumberName;
        const next = numberOf(numberFormOf(settings, series), Number(nextValue));
        if ((await taken[series](next)) > 0) broken.push(`${next} would be handed out again`);
      }
      return broken;
    },
  },
];
