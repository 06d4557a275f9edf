/* SPDX-License-Identifier: Apache-2.0 */
import { h, type Part } from './dom.js';
import type { DataSource, Job, Run } from './model.js';
import { LOOKS, lasting, moment, newest, some, tale } from './words.js';

const HEIGHTS = { good: 12, late: 17, bad: 22 } as const;
const DAY = 86_400_000;

/** Which run of a job the reader looks at; the newest where none was chosen. */
const chosen = new Map<string, number>();

function place(job: Job, runs: readonly Run[]): number {
  const at = runs.findIndex((run) => run.start === chosen.get(job.id));
  return at < 0 ? runs.length - 1 : at;
}

export function chosenRun(job: Job): number | undefined {
  return chosen.get(job.id);
}

/** The last runs as bars, walked through by the arrow keys; below it the chosen one in words. */
export function strip(job: Job, runs: readonly Run[], redraw: () => void): Part {
  const last = runs[place(job, runs)];
  if (!last) return h('p', { class: 'quiet' }, 'No run was seen since this history began.');
  const id = (run: Run): string => `run-${job.id}-${run.start}`.replace(/[^\w-]/g, '_');
  const choose = (run: Run | undefined): void => {
    if (run) chosen.set(job.id, run.start);
    redraw();
  };
  const walk = (event: Event): void => {
    const at = place(job, runs);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: runs.length - 1 }[(event as KeyboardEvent).key];
    if (to === undefined) return;
    event.preventDefault();
    choose(runs[Math.min(runs.length - 1, Math.max(0, to))]);
  };
  return h('div', { class: 'strip' },
    h('svg', {
      viewBox: `0 0 ${runs.length * 8} 24`, width: runs.length * 8, height: 24, role: 'listbox', tabindex: 0,
      'aria-label': `${newest(runs.length, 'run')} of ${job.name}`, 'aria-activedescendant': id(last),
      'aria-orientation': 'horizontal', onkeydown: walk,
    }, ...runs.map((run, at) => {
      const look = LOOKS[run.outcome];
      return h('rect', {
        key: id(run), id: id(run), role: 'option', class: `${look}${run === last ? ' chosen' : ''}`,
        'aria-selected': run === last ? 'true' : 'false', 'aria-label': tale(run),
        x: at * 8 + 1, y: 23 - HEIGHTS[look], width: 6, height: HEIGHTS[look], rx: 1, onclick: () => choose(run),
      }, h('title', {}, tale(run)));
    })),
    h('p', { class: 'tale' }, tale(last)));
}

/** The outages of a day on a line, with the same as a table behind it. */
export function timeline(source: DataSource, now: number): Part {
  if (source.outages.length === 0) return h('p', { class: 'quiet' }, 'No outage since this history began.');
  const begin = now - DAY;
  const at = (time: number): number => Math.max(0, Math.min(1, (time - begin) / DAY)) * 480;
  const bars = source.outages
    .map((outage) => ({ outage, end: outage.millis < 0 ? now : outage.begin + outage.millis }))
    .filter(({ end }) => end > begin)
    .map(({ outage, end }) => h('rect', {
      class: 'bad', x: Math.min(477, at(outage.begin)), y: 2, width: Math.max(3, at(end) - at(outage.begin)), height: 14,
    }, h('title', {}, `${moment(outage.begin)}, ${outage.millis < 0 ? 'and lasts' : lasting(outage.millis)}`)));
  return h('div', {},
    h('svg', { class: 'line', viewBox: '0 0 480 18', role: 'img',
      'aria-label': `${some(bars.length, 'outage')} in the last 24 hours; the table has them all` },
      h('rect', { class: 'ground', x: 0, y: 7, width: 480, height: 4, rx: 2 }), ...bars),
    h('p', { class: 'ends quiet' }, h('span', {}, '24 hours ago'), h('span', {}, 'now')),
    h('details', {}, h('summary', {}, newest(source.outages.length, 'outage')),
      table(['Began', 'Lasted', 'Why'], [...source.outages].reverse().map((outage) => [
        moment(outage.begin),
        outage.millis < 0 ? 'it still lasts' : lasting(outage.millis),
        `${outage.reason}: ${outage.detail}`,
      ]), `Outages of ${source.name}`)));
}

/** Wider than the screen it can be scrolled, by the keyboard too. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[], caption: string): Part {
  return h('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': caption },
    h('table', {},
      h('caption', {}, caption),
      h('thead', {}, h('tr', {}, ...heads.map((head) => h('th', { scope: 'col' }, head)))),
      h('tbody', {}, ...rows.map((cells) => h('tr', {}, ...cells.map((cell) => h('td', {}, cell)))))));
}
