/* SPDX-License-Identifier: Apache-2.0 */
/** What the server tells, as its JSON has it. Times are milliseconds since 1970; 0 where there is none. */
export type Outcome =
  | 'RAN' | 'HEALED' | 'WAITED' | 'MADE_UP' | 'DEFERRED' | 'SKIPPED' | 'PROCEEDED' | 'REFUSED' | 'FAILED';
export type Condition =
  | 'FAILED' | 'LOST' | 'ENDED' | 'OVERDUE' | 'PUT_OFF' | 'UNPROTECTED' | 'NOT_YET' | 'MADE_UP' | 'WELL';
export type Level = 'TROUBLE' | 'ATTENTION' | 'WELL';

/** Words, and times that stand between them. */
export type Sentence = readonly (string | number)[];

export interface Run {
  readonly start: number;
  readonly millis: number;
  readonly guardedMillis: number;
  readonly evicted: number;
  readonly outcome: Outcome;
  readonly reason: string;
}

interface Named {
  readonly id: string;
  readonly deployment: string;
  readonly name: string;
}

export interface Deployment extends Named {
  readonly kind: 'deployment';
  readonly since: number;
  readonly guarded: number;
  readonly unprotected: number;
  readonly nothingToGuard: number;
}

export interface Job extends Named {
  readonly kind: 'job';
  readonly schedule: string;
  readonly condition: Condition;
  readonly rank: number;
  readonly level: Level;
  readonly sentence: Sentence;
  readonly protection: 'GUARDED' | 'UNPROTECTED' | 'NOTHING_TO_GUARD';
  readonly protectionReason: string;
  readonly active: number;
  readonly lastStart: number;
  readonly lastSuccess: number;
  /** 0: none any more, -1: not known. */
  readonly next: number;
  readonly putOffSince: number;
  readonly counts: Readonly<Record<Outcome, number>>;
  readonly runs: readonly Run[];
}

export interface Outage {
  readonly begin: number;
  /** -1 while it lasts. */
  readonly millis: number;
  readonly reason: string;
  readonly detail: string;
}

/** What the server's pool counts of its connections. */
export interface Pool {
  readonly present: number;
  readonly lent: number;
  readonly free: number;
  readonly mostLent: number;
}

export interface DataSource extends Named {
  readonly kind: 'dataSource';
  readonly state: 'HEALTHY' | 'SUSPECT' | 'UNAVAILABLE' | 'BACK';
  readonly stateSince: number;
  readonly waiting: number;
  readonly stuck: number;
  readonly evictions: Readonly<Record<string, number>>;
  readonly validations: Readonly<Record<string, number>>;
  readonly waits: number;
  readonly outageCount: number;
  readonly outageMillis: number;
  readonly outages: readonly Outage[];
  /** Only where the server counts. */
  readonly pool?: Pool;
}

export type Thing = Deployment | Job | DataSource;
export interface Verdict { readonly level: Level; readonly sentence: Sentence }
export interface Everything { readonly verdict: Verdict; readonly things: Readonly<Record<string, Thing>> }
export interface Change extends Everything { readonly gone: readonly string[] }
export interface Me { readonly user: string; readonly operator: boolean; readonly token: string }
