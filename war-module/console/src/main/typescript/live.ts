/* SPDX-License-Identifier: Apache-2.0 */
import type { Change, Everything, Me, Thing, Verdict } from './model.js';

export type Link = 'connecting' | 'live' | 'polling' | 'lost';

const PATIENCE = 5_000;
const POLL = 5_000;
const AGAIN = 30_000;

/** What is known now. Fed by server-sent events, and by asking where these do not get through. */
export class Live {
  readonly things = new Map<string, Thing>();
  verdict: Verdict = { level: 'ATTENTION', sentence: ['Asking the server.'] };
  me: Me = { user: '', operator: false, token: '' };
  link: Link = 'connecting';
  heard = 0;
  private poller = 0;

  constructor(private readonly changed: () => void) {}

  async start(): Promise<void> {
    await this.ask();
    this.listen();
  }

  /** A browser has six connections to a server for all its pages: one that nobody looks at needs none. */
  private listen(): void {
    if (document.hidden) {
      document.addEventListener('visibilitychange', () => this.listen(), { once: true });
      return;
    }
    const events = new EventSource('api/events');
    document.addEventListener('visibilitychange', () => {
      clearTimeout(silent);
      if (events.readyState === EventSource.CLOSED) return;
      events.close();
      this.link = 'connecting';
      this.listen();
    }, { once: true });
    // A proxy that collects what it passes on lets nothing through, and says nothing of it.
    const silent = setTimeout(() => this.giveUp(events), PATIENCE);
    events.addEventListener('state', (event) => {
      clearTimeout(silent);
      this.stopPolling();
      // The server may be another one than before, with another token.
      if (this.link !== 'live') void this.ask();
      this.link = 'live';
      this.replace(JSON.parse(event.data) as Everything);
    });
    events.addEventListener('change', (event) => this.merge(JSON.parse(event.data) as Change));
    events.addEventListener('error', () => {
      if (events.readyState === EventSource.CLOSED) {
        clearTimeout(silent);
        this.giveUp(events);
      } else {
        this.link = 'connecting';
        this.changed();
      }
    });
  }

  private giveUp(events: EventSource): void {
    events.close();
    setTimeout(() => this.listen(), AGAIN);
    if (!this.poller) this.poller = setInterval(() => void this.ask(), POLL);
    void this.ask();
  }

  private stopPolling(): void {
    clearInterval(this.poller);
    this.poller = 0;
  }

  private async ask(): Promise<void> {
    try {
      const response = await fetch('api/state', { cache: 'no-store' });
      if (!response.ok) throw new Error(String(response.status));
      const state = (await response.json()) as Everything & Me;
      this.me = { user: state.user, operator: state.operator, token: state.token };
      if (this.poller) this.link = 'polling';
      this.replace(state);
    } catch {
      this.link = 'lost';
      if (!this.poller) this.poller = setInterval(() => void this.ask(), POLL);
      this.changed();
    }
  }

  private replace(state: Everything): void {
    for (const id of [...this.things.keys()]) {
      if (!(id in state.things)) this.things.delete(id);
    }
    this.take(state);
  }

  private merge(change: Change): void {
    for (const id of change.gone) this.things.delete(id);
    this.take(change);
  }

  private take(state: Everything): void {
    for (const [id, thing] of Object.entries(state.things)) {
      // What is the same stays the same object, so that nothing is drawn anew for it.
      if (JSON.stringify(this.things.get(id)) !== JSON.stringify(thing)) this.things.set(id, thing);
    }
    this.verdict = state.verdict;
    this.heard = Date.now();
    this.changed();
  }

  of<K extends Thing['kind']>(kind: K): Extract<Thing, { kind: K }>[] {
    return [...this.things.values()].filter((thing): thing is Extract<Thing, { kind: K }> => thing.kind === kind);
  }

  /** Has the server do something; what comes of it is in words, whatever happens. */
  async act(id: string, operation: string): Promise<string> {
    try {
      const response = await fetch('api/action', {
        method: 'POST',
        headers: { 'X-Connection-Guard-Token': this.me.token },
        body: new URLSearchParams({ id, operation }),
      });
      return await response.text();
    } catch {
      return 'The server did not answer.';
    }
  }
}
