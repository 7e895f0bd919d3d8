import { eventually } from '../support/eventually';
import { readPdf } from '../support/read-pdf';
import { settledTown, type SettledTown } from '../support/settled';

let town: SettledTown;

afterEach(() => town.end());

async function file(path: string, token = town.token.cora): Promise<{ status: number; type: string; bytes: Buffer }> {
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(`${town.api.url}/api/v1${path}`, { headers });
  const bytes = Buffer.from(await answer.arrayBuffer());
  return { status: answer.status, type: answer.headers.get('content-type') ?? '', bytes };
}

const pdfOf = async (billNumber: string): Promise<Buffer> => {
  const { status, type, bytes } = await file(`/bills/${billNumber}.pdf`);
  expect([status, type]).toEqual([200, 'application/pdf']);
  return bytes;
};
const textOf = (bytes: Buffer): string =>
  readPdf(bytes)
    .pages.map(({ text }) => text)
    .join('\n');
const change = (act: () => Promise<unknown>) => town.db.sequelize.transaction(async () => void (await act()));

it('a posted final bill: its amounts, reads, dates and payments on one sheet, stored once with its hash', async () => {
  town = await settledTown({ depositCents: 1000, openingCents: 4000 });
  await town.pay('R-77', 2500);
  const billNumber = await town.finalBilled();
  const bytes = await pdfOf(billNumber);
  const { pages, marked } = readPdf(bytes);
  expect(pages).toHaveLength(2);
  expect(marked).toMatchObject({ Marked: true });
  const { dueOn, lines } = (await town.get(`/bills/${billNumber}`)).body;
  const text = textOf(bytes);
  // 40.00 before, 25.00 paid, 17.83 billed, 10.00 held.
  for (const amount of ['$40.00', '-$25.00', '$15.00', '$17.83', '-$10.00', 'Amount due\n$22.83'])
    expect(text).toContain(amount);
  expect(text).toContain('1,000 4,500 3,500 gal');
  expect(text).toContain(`, ${(dueOn as string).slice(0, 4)}\n`);
  for (const { name } of lines as { name: string }[]) expect(text).toContain(name);
  const stored = await town.db.StoredDocument.findAll();
  expect(stored).toMatchObject([{ kind: 'BILL_PDF', subject: billNumber, byteCount: bytes.length }]);
  expect((await pdfOf(billNumber)).equals(bytes)).toBe(true);
  expect(await town.db.AuditLog.count({ where: { action: 'document.stored', entityId: billNumber } })).toBe(1);
});

it('stays as it was sent, also made again from its facts, whatever is renamed, moved or paid later', async () => {
  town = await settledTown({ depositCents: 0 });
  const billNumber = await town.finalBilled();
  const bytes = await pdfOf(billNumber);
  const html = (await file(`/bills/${billNumber}.html`)).bytes;
  const { customerId } = await town.db.Account.findByPk(town.town.accountId, { rejectOnEmpty: true });
  await change(() =>
    town.db.Customer.update(
      { displayName: 'Other', lastName: 'Other', mailLine1: '1 Elsewhere' },
      { where: { id: customerId } },
    ),
  );
  await town.set({ utility: { name: 'Renamed Utility' }, finalBillDueDays: 3 });
  await town.pay('R-1', 500);
  await town.standsAt('FINAL_BILLED', 1283);
  expect((await pdfOf(billNumber)).equals(bytes)).toBe(true);
  await change(() => town.db.StoredDocument.destroy({ where: { subject: billNumber } }));
  expect((await pdfOf(billNumber)).equals(bytes)).toBe(true);
  expect((await file(`/bills/${billNumber}.html`)).bytes.equals(html)).toBe(true);
});

it('a draft has DRAFT on each page and is not kept; posted, the same address gives the bill', async () => {
  town = await settledTown({ depositCents: 0 });
  const { caseId } = await town.flat.moveOut({ newTenant: 'NO' });
  await town.flat.report(caseId, '4500');
  await eventually(() => town.desk.openTask('APPROVE_FINAL_BILL'));
  const draft = await file(`/cases/${caseId}/final-bill.pdf`);
  expect(readPdf(draft.bytes).pages.map(({ text }) => /^DRAFT$/m.test(text))).toEqual([true, true]);
  expect(textOf(draft.bytes)).toContain('Amount due\n$17.83');
  expect((await file(`/cases/${caseId}/final-bill.html`)).bytes.toString()).toContain('<p class="mark">DRAFT</p>');
  expect(await town.db.StoredDocument.count()).toBe(0);
  await town.desk.decide(town.town.users.sue, 'APPROVE_FINAL_BILL', 'APPROVE');
  await town.desk.ended(caseId);
  const posted = await file(`/cases/${caseId}/final-bill.pdf`);
  expect(textOf(posted.bytes)).not.toContain('DRAFT');
  const [bill] = (await town.accountNow()).bills;
  expect((await pdfOf(bill.billNumber)).equals(posted.bytes)).toBe(true);
});

it('a corrected bill says what it replaces and adds up; the canceled one stays as it was sent', async () => {
  town = await settledTown({ depositCents: 0 });
  const first = await town.finalBilled();
  const sent = await pdfOf(first);
  await town.correct(first, '3500');
  const [now] = (await town.accountNow()).bills.filter(({ status }: { status: string }) => status === 'POSTED');
  const text = textOf(await pdfOf(now.billNumber));
  expect(text).toContain(`Bill ${first} that this one replaces -$17.83`);
  expect(text).toContain('Amount due\n$14.83');
  expect((await pdfOf(first)).equals(sent)).toBe(true);
});

it('asked for by several at once it is made one bill', async () => {
  town = await settledTown({ depositCents: 0 });
  const billNumber = await town.finalBilled();
  const all = await Promise.all(Array.from({ length: 4 }, () => pdfOf(billNumber)));
  expect(all.every((each) => each.equals(all[0]!))).toBe(true);
  expect(await town.db.StoredDocument.count({ where: { subject: billNumber } })).toBe(1);
});

it('a bill from before facts were frozen gets them when it is asked for, later payments left out', async () => {
  town = await settledTown({ depositCents: 0, openingCents: 4000 });
  const billNumber = await town.finalBilled();
  const frozen = await town.db.BillFactsRow.findOne({ rejectOnEmpty: true });
  await change(() => town.db.BillFactsRow.destroy({ where: { billId: frozen.billId } }));
  await town.pay('R-2', 1000);
  await town.standsAt('FINAL_BILLED', 4783);
  await pdfOf(billNumber);
  expect(await town.db.BillFactsRow.findByPk(frozen.billId)).toMatchObject({ factsHash: frozen.factsHash });
});

it('gives nothing out that is not what was hashed', async () => {
  town = await settledTown({ depositCents: 0 });
  const billNumber = await town.finalBilled();
  await pdfOf(billNumber);
  await change(() => town.db.StoredDocument.update({ bytes: Buffer.from('%PDF-1.7 another') }, { where: {} }));
  expect((await file(`/bills/${billNumber}.pdf`)).status).toBe(500);
});

it('is for the office alone; what is not there is not found', async () => {
  town = await settledTown({ depositCents: 0 });
  const billNumber = await town.finalBilled();
  for (const path of [`/bills/${billNumber}.pdf`, `/bills/${billNumber}.html`]) {
    expect((await file(path, town.token.fred)).status).toBe(403);
    expect((await file(path, 'nobody')).status).toBe(401);
  }
  expect((await town.get('/bills/B9999999.pdf')).body.code).toBe('NOT_FOUND');
  expect((await town.get('/cases/nothing/final-bill.pdf')).body.code).toBe('NOT_FOUND');
  const bill = await town.db.Bill.findOne({ rejectOnEmpty: true });
  await change(() =>
    town.db.Bill.create({ ...bill.get(), id: undefined, billNumber: 'CITY-1', kind: 'REGULAR', billRevisionId: null }),
  );
  expect((await town.get('/bills/CITY-1.pdf')).body).toMatchObject({ status: 404, code: 'NO_DOCUMENT' });
  expect((await town.get(`/bills/${billNumber}`)).body.billNumber).toBe(billNumber);
});
