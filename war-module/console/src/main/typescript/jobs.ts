/* SPDX-License-Identifier: Apache-2.0 */
import { action, copy } from './actions.js';
import { chosenRun, strip, table } from './charts.js';
import { h, type Child, type Lazy, type Part } from './dom.js';
import type { Live } from './live.js';
import type { Job } from './model.js';
import { ofJob } from './ticket.js';
import {
  CONDITIONS, OUTCOMES, ago, count, lasting, load, moment, protection, sentence, some,
} from './words.js';

export function link(job: Job): string {
  return `#/job/${encodeURIComponent(job.id)}`;
}

/** Worst first. */
export function ordered(live: Live): Job[] {
  return live.of('job').sort((a, b) =>
    a.rank - b.rank || a.deployment.localeCompare(b.deployment) || a.name.localeCompare(b.name));
}

/** What somebody might type who looks for it. */
export function matches(job: Job, words: string): boolean {
  const text = `${job.name} ${job.deployment} ${CONDITIONS[job.condition]} ${job.schedule} ${protection(job)}`.toLowerCase();
  return words.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}

function next(job: Job, now: number): Child[] {
  if (job.next > now) return ago(job.next, now);
  // Of what nothing guards nobody hears when it is due again.
  if (job.next > 0 && job.protection === 'GUARDED') return ['was due at ', ...ago(job.next, now)];
  return [job.next === 0 ? 'none any more' : 'not known'];
}

function facts(job: Job, now: number): Part {
  const fact = (name: string, ...value: Child[]): Part => h('div', {}, h('dt', {}, name), h('dd', {}, ...value));
  return h('dl', {},
    fact('Runs', job.schedule),
    fact('Last success', ...(job.lastSuccess > 0 ? ago(job.lastSuccess, now) : ['none was seen since this history began'])),
    fact('Next run', ...next(job, now)),
    fact('Last run took', load(job)),
    ...(job.active > 0 ? [fact('Now', `${some(job.active, 'run')} under way, the last since `, ...ago(job.lastStart, now))] : []),
    ...(job.putOffSince > 0 ? [fact('Put off since', ...ago(job.putOffSince, now))] : []),
    fact('Protection', protection(job)));
}

/** One in the list. Ages are told anew every ten seconds, and nothing else unless it changes. */
export function row(job: Job, now: number, redraw: () => void): Lazy {
  return {
    key: job.id,
    from: [job, Math.floor(now / 10_000), chosenRun(job)],
    make: () => h('li', { class: `job ${job.level.toLowerCase()} ${job.condition.toLowerCase()}` },
      h('h3', {}, h('a', { href: link(job) }, job.name), h('span', { class: 'badge' }, CONDITIONS[job.condition])),
      h('p', {}, `Application ${job.deployment}. It `, ...sentence(job.sentence), '.'),
      { key: 'strip', from: [job, chosenRun(job)], make: () => strip(job, job.runs, redraw) },
      facts(job, now)),
  };
}

/** A page of its own, with all the runs that are known. */
export function page(job: Job, full: Job, now: number, live: Live, redraw: () => void): Part {
  const runs = full.runs;
  return h('section', { key: 'job', class: `job ${job.level.toLowerCase()}` },
    h('p', {}, h('a', { href: '#/' }, 'All jobs')),
    h('h2', { tabindex: -1, id: 'heading' }, job.name, h('span', { class: 'badge' }, CONDITIONS[job.condition])),
    h('p', {}, `Application ${job.deployment}. It `, ...sentence(job.sentence), '.'),
    h('p', { class: 'buttons' },
      copy('Copy as text', () => ofJob(job)), copy('Copy the link', () => location.href),
      ...action(live, job.id, 'run', 'Run it now', redraw)),
    strip(job, runs, redraw),
    facts(job, now),
    h('h3', {}, 'How its runs ended since this history began'),
    h('ul', {}, ...Object.entries(OUTCOMES)
      .filter(([outcome]) => job.counts[outcome as keyof typeof OUTCOMES] > 0)
      .map(([outcome, words]) => h('li', {}, `${count(job.counts[outcome as keyof typeof OUTCOMES])} × ${words}`))),
    h('h3', {}, 'The last runs'),
    table(['Began', 'What came of it', 'Took', 'Of that before it began', 'Connections replaced', 'Why'],
      [...runs].reverse().map((run) => [
        moment(run.start), OUTCOMES[run.outcome], lasting(run.millis), lasting(run.guardedMillis), count(run.evicted), run.reason,
      ]), `Runs of ${job.name}, the newest first`));
}
