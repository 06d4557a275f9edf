'use strict';

const shown = 8;

function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  Object.assign(node, attributes);
  node.append(...children);
  return node;
}

function row(run) {
  return element('tr', {},
    element('td', {}, new Date(run.start).toLocaleTimeString([], { hour12: false })),
    element('td', {}, `${run.millis} ms`),
    element('td', {}, run.connection ? `#${run.connection}` : '–'),
    element('td', { className: run.error ? 'no' : 'ok', title: run.error }, element('div', {}, run.error || 'gathered')));
}

function card(name, job) {
  const strip = element('div', { className: 'strip' });
  [...job.runs].reverse().forEach(run =>
    strip.append(element('span', { className: run.error ? 'failed' : '', title: run.error || 'gathered' })));
  const head = element('tr', {}, ...['Start', 'Took', 'Connection', 'Outcome'].map(text => element('th', {}, text)));
  return element('article', { className: 'card', id: name },
    element('h2', {}, name),
    element('p', { className: 'counts' }, `${job.succeeded} succeeded, ${job.failed} failed`),
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

async function refresh() {
  const status = await (await fetch('api/status')).json();
  document.getElementById('fault').hidden = !status.demo;
  document.getElementById('jobs').replaceChildren(...Object.entries(status.jobs).map(([name, job]) => card(name, job)));
  const answer = await fetch('api/status/trend');
  if (answer.ok) {
    const trend = await answer.json();
    document.getElementById('teams').replaceChildren(...Object.entries(trend).map(([name, points]) => team(name, points)));
  }
}

document.getElementById('fault').addEventListener('submit', async event => {
  event.preventDefault();
  const answer = await fetch('api/fault/drop-idle-connections', { method: 'POST', headers: { 'X-Defects-Page': 'yes' } });
  const text = answer.ok ? `${(await answer.json()).dropped} connections dropped` : `refused: ${answer.status}`;
  document.getElementById('dropped').textContent = text;
});

refresh();
setInterval(refresh, 2000);
