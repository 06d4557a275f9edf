'use strict';

const shown = 8;
/** Side by side; the others come after them. */
const first = ['DefectTrendJob', 'UnguardedDefectTrendJob'];

function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  Object.assign(node, attributes);
  node.append(...children);
  return node;
}

function outcome(run) {
  return run.error || (run.connection ? 'ran' : 'did not run');
}

function look(run, failed, notRun, ran) {
  return run.error ? failed : run.connection ? ran : notRun;
}

function row(run) {
  return element('tr', {},
    element('td', {}, new Date(run.start).toLocaleTimeString([], { hour12: false })),
    element('td', {}, `${run.millis} ms`),
    element('td', {}, run.connection ? `#${run.connection}` : '–'),
    element('td', { className: look(run, 'no', 'late', 'ok'), title: run.error }, element('div', {}, outcome(run))));
}

function card(name, job) {
  const strip = element('div', { className: 'strip' });
  [...job.runs].reverse().forEach(run =>
    strip.append(element('span', { className: look(run, 'failed', 'not-run', ''), title: outcome(run) })));
  const head = element('tr', {}, ...['Start', 'Took', 'Connection', 'Outcome'].map(text => element('th', {}, text)));
  return element('article', { className: 'card', id: name },
    element('h2', {}, name),
    element('p', { className: 'counts' }, `${job.succeeded} succeeded, ${job.failed} failed${job.notRun ? `, ${job.notRun} did not run` : ''}`),
    strip,
    element('table', {}, element('thead', {}, head), element('tbody', {}, ...job.runs.slice(0, shown).map(row))));
}

function spark(points) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const line = document.createElementNS('http://www.w3.org/2000/svg', 'polyline');
  const top = Math.max(...points.map(point => point.opened));
  svg.setAttribute('viewBox', '0 0 100 40');
  svg.setAttribute('preserveAspectRatio', 'none');
  line.setAttribute('points', points
    .map((point, i) => `${100 * i / Math.max(1, points.length - 1)},${38 - 36 * point.opened / top}`).join(' '));
  svg.append(line);
  return svg;
}

function team(name, points) {
  const last = points[points.length - 1];
  return element('article', { className: 'card' },
    element('h3', {}, name),
    element('p', {}, `${last.opened} on ${last.day}`),
    spark(points));
}

function place(name) {
  return first.includes(name) ? first.indexOf(name) : first.length;
}

function showFaults(faults) {
  for (const item of document.querySelectorAll('#faults li')) {
    item.hidden = ![...item.querySelectorAll('button')].every(button => faults.includes(button.dataset.fault));
  }
  document.getElementById('faults').hidden = false;
}

function say(words) {
  const now = document.getElementById('now');
  if (now.textContent !== words) now.textContent = words;
}

/** What was out of order when that was last asked. */
let known = '';

async function refreshFaults() {
  const answer = await fetch('api/fault');
  if (answer.ok) {
    const state = await answer.json();
    showFaults(state.faults);
    // What a button has come to stays there until something else is so.
    if (state.now !== known) say(state.now);
    known = state.now;
  }
}

async function refresh() {
  const status = await (await fetch('api/status')).json();
  document.getElementById('jobs').replaceChildren(...Object.entries(status.jobs)
    .sort(([one], [other]) => place(one) - place(other))
    .map(([name, job]) => card(name, job)));
  if (status.demo) await refreshFaults();
  const answer = await fetch('api/status/trend');
  if (answer.ok) {
    const trend = await answer.json();
    document.getElementById('teams').replaceChildren(...Object.entries(trend).map(([name, points]) => team(name, points)));
  }
}

document.getElementById('faults').addEventListener('click', async event => {
  const button = event.target.closest('button');
  if (!button) return;
  say('Asking for it.');
  const answer = await fetch(`api/fault/${button.dataset.fault}`, { method: 'POST', headers: { 'X-Defects-Page': 'yes' } });
  say(answer.ok ? await answer.text() : `Refused: ${answer.status}`);
});

/** One at a time: while nothing answers they would pile up. */
async function keepUp() {
  try {
    await refresh();
  } finally {
    setTimeout(keepUp, 2000);
  }
}

keepUp();
