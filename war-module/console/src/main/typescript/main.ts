/* SPDX-License-Identifier: Apache-2.0 */
import { copy } from './actions.js';
import { h, patch, type Child, type Lazy, type Part } from './dom.js';
import { matches, ordered, page, row } from './jobs.js';
import { Live } from './live.js';
import type { Job } from './model.js';
import { doctor, report, source } from './sources.js';
import { ticket } from './ticket.js';
import { distance, moment, sentence, some } from './words.js';

const main = document.getElementById('main') as HTMLElement;
const filter = document.getElementById('filter') as HTMLInputElement;
/** The worst come first: more than these are drawn only for who asks for them, or looks for one. */
const DRAWN = 100;
let drawAll = false;

const TITLES = { WELL: 'All well', ATTENTION: 'Attention', TROUBLE: 'Trouble' } as const;

let due = false;
const redraw = (): void => {
  if (due) return;
  due = true;
  requestAnimationFrame(() => {
    due = false;
    draw();
  });
};
const live = new Live(redraw);

/** The job whose page is shown, with all its runs. */
let full: Job | undefined;

function shownId(): string {
  const path = location.hash.match(/^#\/job\/(.+)$/)?.[1];
  return path ? decodeURIComponent(path) : '';
}

async function fetchRuns(job: Job): Promise<void> {
  const before = full;
  full = job;
  try {
    const response = await fetch(`api/job?id=${encodeURIComponent(job.id)}`, { cache: 'no-store' });
    full = response.ok ? { ...job, runs: ((await response.json()) as Job).runs } : job;
  } catch {
    full = before;
  }
  redraw();
}

let asked: Job | undefined;

function jobPage(id: string, now: number): Part {
  const job = live.things.get(id);
  if (job?.kind !== 'job') {
    return h('section', { key: 'job' }, h('p', {}, h('a', { href: '#/' }, 'All jobs')),
      h('p', {}, 'There is no such job on this server now. Its application may be about to come back.'));
  }
  if (asked !== job) {
    asked = job;
    void fetchRuns(job);
  }
  return page(job, full?.id === id ? full : job, now, live, redraw);
}

function section(key: string, title: string, ...children: Child[]): Part {
  return h('section', { key, id: key, 'aria-labelledby': `${key}-title` },
    h('h2', { id: `${key}-title` }, title), ...children);
}

function list(key: string, rows: Lazy[]): Part {
  return h('ul', { key, class: 'cards' }, ...rows);
}

function showAll(): void {
  drawAll = true;
  redraw();
}

function overview(now: number): Part[] {
  const all = ordered(live);
  const jobs = all.filter((job) => matches(job, filter.value));
  const shown = drawAll ? jobs : jobs.slice(0, DRAWN);
  const deployments = live.of('deployment').sort((a, b) => a.name.localeCompare(b.name));
  const sources = live.of('dataSource').sort((a, b) => b.waiting - a.waiting || a.name.localeCompare(b.name));
  return [
    section('jobs', jobs.length === all.length ? some(all.length, 'job') : `${jobs.length} of ${some(all.length, 'job')}`,
      h('p', { class: 'buttons' }, copy('Copy as text for a ticket', () => ticket(live, jobs))),
      list('list', shown.map((job) => row(job, now, redraw))),
      ...(shown.length < jobs.length ? [h('p', { key: 'more' }, h('button', { type: 'button', onclick: showAll },
        `Show all ${some(jobs.length, 'job')}`))] : [])),
    section('sources', some(sources.length, 'data source'), list('list', sources.map((one) => source(one, now, live, redraw)))),
    section('report', 'Applications', report(deployments)),
    ...(live.me.operator
      ? [section('doctor', 'What the doctor finds', ...deployments.map((one) => doctor(one, live, redraw)))]
      : []),
  ];
}

function status(now: number): string {
  switch (live.link) {
    case 'live': return 'Live.';
    case 'polling': return 'Asked every five seconds: live changes do not get through.';
    case 'connecting': return 'Connecting.';
    case 'lost': return live.heard > 0 ? `The server does not answer; this is from ${distance(live.heard, now)}.` : 'The server does not answer.';
  }
}

function draw(): void {
  const now = Date.now();
  const id = shownId();
  const verdict = document.getElementById('verdict') as HTMLElement;
  verdict.className = live.verdict.level.toLowerCase();
  patch(verdict, sentence(live.verdict.sentence));
  document.title = `${TITLES[live.verdict.level]} – Connection Guard`;
  (document.getElementById('filters') as HTMLElement).hidden = id !== '';
  patch(main, id ? [jobPage(id, now)] : overview(now));
  const since = live.of('deployment').map((one) => one.since);
  patch(document.getElementById('status') as HTMLElement, [
    status(now),
    since.length > 0 ? ` The history begins ${moment(Math.min(...since))}.` : '',
    live.me.user ? ` Signed in as ${live.me.user}${live.me.operator ? '' : ', who may only look'}.` : ' ',
    ...(live.me.user ? [] : [h('a', { href: 'login' }, 'Sign in')]),
  ]);
}

addEventListener('hashchange', () => {
  draw();
  (document.getElementById('heading') ?? main).focus();
  scrollTo(0, 0);
});
filter.addEventListener('input', redraw);
setInterval(redraw, 10_000);
void live.start();
