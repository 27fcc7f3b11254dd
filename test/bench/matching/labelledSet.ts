import { dayText } from '../../../demo/company/days';
import type {
  Allocation,
  BankLine as Booked,
  Company,
  Customer,
  Receipt,
} from '../../../demo/company/entities';
import { groupBy } from '../../../demo/company/groupBy';
import { Random } from '../../../demo/company/random';
import type { BankLine, KnownPayer, OpenItem, Party, Question } from '../../../matching';
import { type Nastiness, spoil } from './spoil';

/** One run of the matcher with what is true of its lines. */
export interface LabelledRun {
  question: Question;
  truths: ReadonlyMap<string, Truth>;
}

/** What a line really pays: cents of money per document; what it pays nothing for stays with people. */
export interface Truth {
  nastiness: Nastiness;
  cents: bigint;
  cash: ReadonlyMap<string, bigint>;
  /** Cents that a fee, rounding, discount or credit note may shift between its documents. */
  slack: bigint;
}

const WEEK = 7;

/**
 * The company's own bank lines of the last weeks with what its clerks allocated (demo/company: which receipt paid which documents),
 * spoiled by a noise of its own. Nothing here knows how the matcher works. Each week is one run, with what was open when it began.
 */
export function labelledRuns(company: Company, seed: number, weeks: number): LabelledRun[] {
  const world = worldOf(company);
  return Array.from({ length: weeks }, (_, at) => {
    const from = company.lastDay - 21 - WEEK * (weeks - at); // recent lines are not all allocated yet
    return runOf(world, Random.for(seed, `matching week ${at}`), from);
  });
}

interface World {
  company: Company;
  paid: ReadonlyMap<string, readonly Allocation[]>;
  byDocument: ReadonlyMap<string, readonly Allocation[]>;
  receiptOf: ReadonlyMap<string, Receipt>;
  lines: readonly Booked[];
}

function worldOf(company: Company): World {
  const paid = groupBy(
    company.allocations.filter(({ receiptNumber }) => receiptNumber !== null),
    ({ receiptNumber }) => receiptNumber ?? '',
  );
  const byDocument = groupBy(company.allocations, ({ documentNumber }) => documentNumber);
  const receipts = company.receipts.filter(({ method, voucher }) => method === 'cash' && voucher !== null);
  return {
    company,
    paid,
    byDocument,
    receiptOf: new Map(receipts.map((receipt) => [receipt.voucher ?? '', receipt])),
    lines: company.bankLines.filter(
      ({ amount, category }) => amount > 0 && (category === 'customer' || category === 'unknown_payer'),
    ),
  };
}

function runOf(world: World, random: Random, from: number): LabelledRun {
  const { company } = world;
  const to = from + WEEK - 1;
  const items = openItems(world, from, to);
  const lines: BankLine[] = [];
  const truths = new Map<string, Truth>();
  const extra: OpenItem[] = [];
  const strangers: Party[] = [];
  for (const [at, booked] of world.lines.entries()) {
    if (booked.valueDate < from || booked.valueDate > to) continue;
    const line = plainLine(booked, at);
    const receipt = world.receiptOf.get(booked.reference);
    const truth = truthOf(world, receipt, new Set(items.map(({ documentId }) => documentId)));
    const spoiled = spoil(random, {
      line,
      ...truth,
      customer: booked.customer === null ? null : (company.customers[booked.customer] as Customer),
      customers: company.customers,
      items,
      documents: company.documents,
    });
    lines.push(spoiled.line);
    extra.push(...spoiled.decoys);
    strangers.push(...spoiled.strangers);
    truths.set(line.id, {
      nastiness: spoiled.nastiness,
      cents: spoiled.line.cents,
      cash: spoiled.cash,
      slack: truth.slack + spoiled.slack,
    });
  }
  const question: Question = {
    lines,
    items: [...items, ...extra],
    customers: [
      ...company.customers.filter(({ erpNumber }) => erpNumber !== null).map(partyOf),
      ...strangers,
    ],
    payers: payersBefore(world, from),
    declined: [],
    said: [],
  };
  return { question, truths };
}

const plainLine = (booked: Booked, at: number): BankLine => ({
  id: `line ${at}`,
  day: dayText(booked.valueDate),
  cents: BigInt(booked.amount),
  payerName: booked.counterpartyName,
  payerAccount: booked.counterpartyAccount,
  remark: '',
  bookedFor: null,
  mayBeBooked: false,
});

/** What the clerk allocated of this receipt, whenever he did it. */
function truthOf(
  { paid, byDocument }: World,
  receipt: Receipt | undefined,
  there: ReadonlySet<string>,
): { cash: Map<string, bigint>; slack: bigint } {
  const cash = new Map<string, bigint>();
  let slack = 0n;
  for (const { documentNumber, kind, amount } of (receipt && paid.get(receipt.number)) ?? []) {
    if (!there.has(documentNumber)) continue; // paid before its document was made
    if (kind === 'cash' || kind === 'prepayment_applied')
      cash.set(documentNumber, (cash.get(documentNumber) ?? 0n) + BigInt(amount));
    else slack += BigInt(amount); // kept back with the payment
  }
  for (const documentNumber of cash.keys())
    for (const { kind, amount, valueDate } of byDocument.get(documentNumber) ?? [])
      if (kind === 'credit_note' && receipt && valueDate === receipt.valueDate) slack += BigInt(amount);
  return { cash, slack };
}

function partyOf({ customer, erpName, name, crmName, formerName, shortName }: Customer): Party {
  const names = [erpName, name, crmName, shortName, ...(formerName === null ? [] : [formerName])];
  return { id: `c${customer}`, names: [...new Set(names)], accounts: [], group: null };
}

/** Accounts and names from which the ERP booked money before the run. */
function payersBefore({ lines, receiptOf }: World, from: number): KnownPayer[] {
  const known = new Map<string, KnownPayer>();
  for (const { valueDate, reference, counterpartyName, counterpartyAccount } of lines) {
    const receipt = receiptOf.get(reference);
    if (valueDate >= from || !receipt?.bankReference) continue;
    const key = `${counterpartyAccount} ${receipt.customer}`;
    const other = known.get(key);
    known.set(key, {
      name: counterpartyName,
      account: counterpartyAccount,
      customer: `c${receipt.customer}`,
      source: 'booked',
      times: (other?.times ?? 0) + 1,
    });
  }
  return [...known.values()];
}

/** Instalments as they were open when the run began, with the documents that came during its days. */
function openItems({ company, byDocument }: World, from: number, to: number): OpenItem[] {
  const items: OpenItem[] = [];
  for (const document of company.documents) {
    if (document.documentDate > to) continue;
    const own = byDocument.get(document.number) ?? [];
    for (const instalment of document.instalments) {
      const settled = own
        .filter(({ instalmentLine, valueDate }) => instalmentLine === instalment.line && valueDate < from)
        .reduce((sum, { amount }) => sum + amount, 0);
      const used = document.isCreditNote ? usedNotes(byDocument, document.number, from, company) : 0;
      const open = instalment.amount - settled + used;
      if (open === 0) continue;
      items.push({
        id: `${document.number}#${instalment.line}`,
        documentId: document.number,
        customer: `c${document.customer}`,
        cents: BigInt(open),
        documentNumber: document.number,
        orderNumber: document.orderNumber,
        contractNumber: null,
        documentDay: dayText(document.documentDate),
        dueDay: dayText(instalment.dueDate),
        isRetention: instalment.isRetention,
      });
    }
  }
  return items;
}

const notes = new WeakMap<Company, ReadonlyMap<string, readonly Allocation[]>>();

/** Cents of a credit note that invoices had used up before. */
function usedNotes(_byDocument: World['byDocument'], number: string, from: number, company: Company): number {
  let byNote = notes.get(company);
  if (!byNote) {
    byNote = groupBy(
      company.allocations.filter(({ creditNoteNumber }) => creditNoteNumber !== null),
      ({ creditNoteNumber }) => creditNoteNumber ?? '',
    );
    notes.set(company, byNote);
  }
  return (byNote.get(number) ?? [])
    .filter(({ valueDate }) => valueDate < from)
    .reduce((sum, { amount }) => sum + amount, 0);
}
