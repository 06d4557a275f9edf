/* SPDX-License-Identifier: Apache-2.0 */
import { action, answerTo, copy } from './actions.js';
import { table, timeline } from './charts.js';
import { h, type Lazy, type Part } from './dom.js';
import type { Live } from './live.js';
import type { DataSource, Deployment, Pool } from './model.js';
import { CAUSES, STATES, ago, count, lasting, moment, some } from './words.js';

function figures(pool: Pool): string {
  return `Its pool has ${some(pool.present, 'connection')}: ${count(pool.lent)} lent now, and at most ${count(pool.mostLent)} at once so far;`
    + ` ${count(pool.free)} more can be lent.`;
}

/** A data source in the list. */
export function source(one: DataSource, now: number, live: Live, redraw: () => void): Lazy {
  const destroyed = Object.entries(one.evictions).filter(([, number]) => number > 0);
  return {
    key: one.id,
    from: [one, Math.floor(now / 10_000), live.me.operator, answerTo(one.id, 'validate'), answerTo(one.id, 'sweep')],
    make: () => h('li', { class: one.state === 'UNAVAILABLE' || one.state === 'SUSPECT' ? 'attention' : 'well' },
      h('h3', {}, one.name),
      h('p', {}, `Application ${one.deployment}. It ${STATES[one.state]}, since `, ...ago(one.stateSince, now), '.'),
      h('p', {}, one.waiting > 0 ? `${some(one.waiting, 'job')} waiting for it now. ` : 'No job waits for it. ',
        one.stuck > 0 ? `${some(one.stuck, 'question')} never came back. ` : '',
        destroyed.length > 0
          ? `Connections replaced: ${destroyed.map(([cause, number]) => `${count(number)} ${CAUSES[cause] ?? cause}`).join(', ')}. `
          : 'No connection had to be replaced. ',
        one.outageCount > 0 ? `${some(one.outageCount, 'outage')}, ${lasting(one.outageMillis)} together.` : ''),
      ...(one.pool ? [h('p', { class: 'pool' }, figures(one.pool))] : []),
      timeline(one, now),
      ...(live.me.operator ? [h('p', { class: 'buttons' },
        ...action(live, one.id, 'validate', 'Ask it for a live connection', redraw),
        ...action(live, one.id, 'sweep', 'Replace its idle connections', redraw))] : [])),
  };
}

/** Which applications there are, and how well they are guarded. */
export function report(deployments: readonly Deployment[]): Part {
  return table(['Application', 'Guarded timers', 'Not guarded', 'Nothing to guard', 'History since'],
    deployments.map((one) =>
      [one.name, count(one.guarded), count(one.unprotected), count(one.nothingToGuard), moment(one.since)]),
    'Applications with Connection Guard');
}

/** What the doctor finds, each with a remedy to copy. */
export function doctor(one: Deployment, live: Live, redraw: () => void): Part {
  const lines = answerTo(one.id, 'examine').split('\n').filter((line) => line.includes('Remedy: '));
  return h('div', { key: one.id, class: 'doctor' },
    h('p', { class: 'buttons' }, ...action(live, one.id, 'examine', `Examine the data sources of ${one.name}`, redraw)
      .slice(0, lines.length > 0 ? 1 : 2)),
    h('ul', {}, ...lines.map((line) => {
      const [what = '', remedy = ''] = line.split('Remedy: ');
      return h('li', {}, h('p', {}, what), h('p', { class: 'buttons' }, h('code', {}, remedy), copy('Copy the remedy', () => remedy)));
    })));
}
