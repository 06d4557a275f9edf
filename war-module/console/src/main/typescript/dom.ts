/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The page is described anew at each change, and only what differs is touched: focus, selection and scroll stay where they are.
 * Text is always a text node; nothing that comes from a server is ever parsed as markup.
 */
type Attribute = string | number | boolean | undefined | ((event: Event) => void);
export type Attributes = Readonly<Record<string, Attribute>>;
/** What is made only when something that it is made from has changed. */
export interface Lazy {
  readonly key: string;
  readonly from: readonly unknown[];
  readonly make: () => Part;
}
export type Child = Part | Lazy | string;
export interface Part {
  readonly tag: string;
  readonly attributes: Attributes;
  readonly children: readonly Child[];
  readonly key: string | undefined;
  /** While these are the same, so is the part. */
  readonly from: readonly unknown[] | undefined;
}

const SVG = 'http://www.w3.org/2000/svg';
const SVG_TAGS = new Set(['svg', 'rect', 'title', 'line', 'g']);
const shown = new WeakMap<Node, Part>();

export function h(tag: string, attributes: Attributes = {}, ...children: readonly Child[]): Part {
  return { tag, attributes, children, key: attributes['key']?.toString(), from: undefined };
}

export function patch(parent: Element, children: readonly Child[]): void {
  const byKey = new Map<string, ChildNode>();
  const others: ChildNode[] = [];
  for (const node of parent.childNodes) {
    const key = shown.get(node)?.key;
    if (key === undefined) others.push(node); else byKey.set(key, node);
  }
  const wanted = children.map((child) => {
    const key = typeof child === 'string' ? undefined : child.key;
    const at = key === undefined ? others.findIndex((node) => fits(node, child)) : -1;
    const found = key === undefined ? others.splice(at, at < 0 ? 0 : 1)[0] : byKey.get(key);
    if (key !== undefined) byKey.delete(key);
    return update(found, child);
  });
  for (const node of [...others, ...byKey.values()]) node.remove();
  let place = parent.firstChild;
  for (const node of wanted) {
    if (node === place) place = place.nextSibling; else move(parent, node, place);
  }
}

function fits(node: Node, child: Child): boolean {
  return typeof child === 'string' ? node instanceof Text : 'tag' in child && shown.get(node)?.tag === child.tag;
}

/** Where the browser can move a node without taking the focus from it, it does. */
function move(parent: Element, node: ChildNode, before: ChildNode | null): void {
  const mover = parent as Element & { moveBefore?: (node: Node, before: Node | null) => void };
  if (node.parentNode === parent && mover.moveBefore) mover.moveBefore(node, before);
  else parent.insertBefore(node, before);
}

function update(node: ChildNode | undefined, child: Child): ChildNode {
  if (typeof child === 'string') {
    if (!(node instanceof Text)) return document.createTextNode(child);
    if (node.data !== child) node.data = child;
    return node;
  }
  const before = node && shown.get(node);
  if (node && before?.from && child.from && same(before.from, child.from)) return node;
  const part: Part = 'make' in child ? { ...child.make(), key: child.key, from: child.from } : child;
  const element = node instanceof Element && before?.tag === part.tag ? node : create(part.tag);
  attributes(element, before?.tag === part.tag ? before.attributes : {}, part.attributes);
  patch(element, part.children);
  shown.set(element, part);
  return element;
}

function same(some: readonly unknown[], others: readonly unknown[]): boolean {
  return some.length === others.length && some.every((one, at) => one === others[at]);
}

function create(tag: string): Element {
  return SVG_TAGS.has(tag) ? document.createElementNS(SVG, tag) : document.createElement(tag);
}

/** What nobody has described, such as whether details are open, is the reader's. */
function attributes(element: Element, before: Attributes, now: Attributes): void {
  for (const name of new Set([...Object.keys(before), ...Object.keys(now)])) {
    const value = now[name];
    if (name === 'key' || value === before[name]) continue;
    if (typeof value === 'function' || typeof before[name] === 'function') {
      (element as unknown as Record<string, unknown>)[name] = value ?? null;
    } else if (value === undefined || value === false) {
      element.removeAttribute(name);
    } else {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
}
