/* SPDX-License-Identifier: Apache-2.0 */
import type { Live } from './live.js';
import type { Job } from './model.js';
import { CONDITIONS, STATES, lasting, load, moment, plain, protection, tale } from './words.js';

/** Everything that is not well, as text for a ticket. */
export function ticket(live: Live, jobs: readonly Job[]): string {
  const troubled = jobs.filter((job) => job.level !== 'WELL');
  return [
    plain(live.verdict.sentence),
    `Seen ${moment(Date.now())} at ${location.href}`,
    '',
    ...troubled.map(ofJob),
    ...live.of('dataSource').map((source) =>
      `${source.name} of ${source.deployment} ${STATES[source.state]} since ${moment(source.stateSince)}`
      + source.outages.slice(-3).map((outage) =>
        `\n  outage: ${moment(outage.begin)}, ${outage.millis < 0 ? 'it still lasts' : lasting(outage.millis)}`
        + ` (${outage.reason}) ${outage.detail}`).join('')),
  ].join('\n');
}

export function ofJob(job: Job): string {
  return [
    `${job.name} of ${job.deployment}: ${CONDITIONS[job.condition]}. It ${plain(job.sentence)}.`,
    `  runs ${job.schedule}; next run ${job.next > 0 ? moment(job.next) : 'not known'};`
      + ` last success ${job.lastSuccess > 0 ? moment(job.lastSuccess) : 'none'}`,
    `  ${protection(job)}`,
    `  last run took ${load(job)}`,
    ...job.runs.slice(-10).reverse().map((run) => `  ${tale(run)}`),
    '',
  ].join('\n');
}
