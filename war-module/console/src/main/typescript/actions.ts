/* SPDX-License-Identifier: Apache-2.0 */
import { h, type Part } from './dom.js';
import type { Live } from './live.js';

const answers = new Map<string, string>();

/** A button that has the server do something, and what came of it; nothing for who may only look. */
export function action(live: Live, id: string, operation: string, label: string, redraw: () => void): Part[] {
  if (!live.me.operator) return [];
  const key = `${operation} ${id}`;
  const press = async (): Promise<void> => {
    answers.set(key, 'Asking the server.');
    redraw();
    answers.set(key, await live.act(id, operation));
    redraw();
  };
  return [
    h('button', { type: 'button', onclick: () => void press() }, label),
    h('output', { class: 'answer' }, answers.get(key) ?? ''),
  ];
}

export function answerTo(id: string, operation: string): string {
  return answers.get(`${operation} ${id}`) ?? '';
}

/** A button that copies a text, also where the page did not come by an encrypted connection. */
export function copy(label: string, text: () => string): Part {
  const press = async (event: Event): Promise<void> => {
    const button = event.currentTarget as HTMLButtonElement;
    const done = await copied(text());
    const note = document.getElementById('note');
    if (note) note.textContent = done ? 'Copied.' : 'The browser does not let this page copy.';
    button.focus();
  };
  return h('button', { type: 'button', onclick: (event) => void press(event) }, label);
}

async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement('textarea');
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand('copy');
    field.remove();
    return done;
  }
}
