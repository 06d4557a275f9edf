/* SPDX-License-Identifier: Apache-2.0 */
import { h, type Child, type Part } from './dom.js';
import type { Condition, DataSource, Job, Outcome, Run, Sentence } from './model.js';

const whole = new Intl.NumberFormat();
const fine = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });
const percent = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 });
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'long' });
const calendar = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'long' });

export const OUTCOMES: Readonly<Record<Outcome, string>> = {
  RAN: 'ran',
  HEALED: 'ran, after dead connections were replaced',
  WAITED: 'ran, after it had waited for its database',
  MADE_UP: 'ran, for a run that had been put off',
  DEFERRED: 'was put off, to be made up',
  SKIPPED: 'was left out',
  PROCEEDED: 'ran without a live connection',
  REFUSED: 'did not start',
  FAILED: 'failed',
};

/** By which colour and height the strip shows it: never by the colour alone. */
export const LOOKS: Readonly<Record<Outcome, 'good' | 'late' | 'bad'>> = {
  RAN: 'good', HEALED: 'good', WAITED: 'late', MADE_UP: 'late', DEFERRED: 'late', PROCEEDED: 'late',
  SKIPPED: 'bad', REFUSED: 'bad', FAILED: 'bad',
};

export const CONDITIONS: Readonly<Record<Condition, string>> = {
  FAILED: 'Failed', LOST: 'Lost a run', ENDED: 'Has ended', OVERDUE: 'Overdue', PUT_OFF: 'Put off',
  UNPROTECTED: 'Not guarded', NOT_YET: 'Not run yet', MADE_UP: 'Made up', WELL: 'Well',
};

export const STATES: Readonly<Record<DataSource['state'], string>> = {
  HEALTHY: 'gives live connections',
  SUSPECT: 'did not answer as it should, and is being asked again',
  UNAVAILABLE: 'gives no live connection',
  BACK: 'is back, and lets the waiting jobs in one after the other',
};

export const CAUSES: Readonly<Record<string, string>> = {
  dead: 'dead', silent: 'did not answer', aged: 'too old', unfit: 'not fit for the job', sibling: 'idle beside a dead one',
};

export function count(number: number): string {
  return whole.format(number);
}

export function some(number: number, one: string, several = one + 's'): string {
  return `${count(number)} ${number === 1 ? one : several}`;
}

/** The newest so many. */
export function newest(number: number, one: string): string {
  return number === 1 ? `The last ${one}` : `The last ${some(number, one)}`;
}

export function share(part: number): string {
  return percent.format(part);
}

/** A length of time in words. */
export function lasting(millis: number): string {
  const seconds = millis / 1000;
  const [amount, unit] = seconds < 90 ? [seconds, 'second']
    : seconds < 5400 ? [seconds / 60, 'minute']
    : seconds < 129600 ? [seconds / 3600, 'hour'] : [seconds / 86400, 'day'];
  if (millis > 0 && millis < 50) return `less than ${fine.format(0.1)} seconds`;
  return `${fine.format(amount)} ${unit}${fine.format(amount) === '1' ? '' : 's'}`;
}

/** How long ago, or in how long. */
export function distance(time: number, now: number): string {
  const length = lasting(Math.max(0, Math.round(Math.abs(time - now) / 1000) * 1000));
  return time > now ? `in ${length}` : `${length} ago`;
}

/** With its time zone; with its day where that is not today. */
export function moment(time: number): string {
  const today = new Date(time).toDateString() === new Date().toDateString();
  return (today ? clock : calendar).format(time);
}

export function when(time: number): Part {
  return h('time', { datetime: new Date(time).toISOString(), title: calendar.format(time) }, moment(time));
}

export function ago(time: number, now: number): Child[] {
  return [when(time), ` (${distance(time, now)})`];
}

export function sentence(parts: Sentence): Child[] {
  return parts.map((part) => (typeof part === 'number' ? when(part) : part));
}

export function plain(parts: Sentence): string {
  return parts.map((part) => (typeof part === 'number' ? moment(part) : part)).join('');
}

/** A run in one sentence. */
export function tale(run: Run): string {
  return `${moment(run.start)}: ${OUTCOMES[run.outcome]}, took ${lasting(run.millis)}`
    + (run.evicted > 0 ? `, ${some(run.evicted, 'dead connection')} replaced` : '')
    + (run.reason ? `. ${run.reason}` : '');
}

/** How it is protected, and what mends it where it is not. */
export function protection(job: Job): string {
  switch (job.protection) {
    case 'GUARDED': return `guarded, by ${job.protectionReason}`;
    case 'UNPROTECTED': return `not guarded: ${job.protectionReason}`;
    case 'NOTHING_TO_GUARD': return `nothing to guard: ${job.protectionReason}`;
  }
}

/** How much of the time between two runs a run takes. */
export function load(job: Job): string {
  const last = job.runs.at(-1);
  if (!last) return 'no run was seen yet';
  const interval = job.next > job.lastStart ? job.next - job.lastStart : 0;
  return lasting(last.millis)
    + (interval > 0 ? `, ${share(last.millis / interval)} of the ${lasting(interval)} between two runs` : '');
}
