'use strict';

// The theme follows the system until the button is pressed.
document.addEventListener('click', event => {
  if (!event.target.closest('[data-theme-toggle]')) return;
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.theme = dark ? 'light' : 'dark';
  localStorage.setItem('theme', root.dataset.theme);
});

// Makes `now` look like `next`, touching only what differs, so that scrolling, focus and selection stay. What is marked
// data-keep is left alone as long as its mark is the same, unless `force`: then fields get the values that `next` has.
function morph(now, next, force) {
  const kept = now.dataset?.keep !== undefined && now.dataset.keep === next.dataset?.keep;
  if (kept && (!force || now.dataset.tail)) return;
  for (const { name, value } of next.attributes) if (name !== 'open' && now.getAttribute(name) !== value) now.setAttribute(name, value);
  for (const { name } of [...now.attributes]) if (name !== 'open' && !next.hasAttribute(name)) now.removeAttribute(name);

  const value = force && next.matches('input:not([type=checkbox]), textarea, select') ? next.value : undefined;
  const wantedKeys = new Set();
  for (const child of next.children) if (child.dataset.key) wantedKeys.add(child.dataset.key);
  const keyed = new Map();
  for (const child of [...now.children]) {
    if (!child.dataset.key) continue;
    if (wantedKeys.has(child.dataset.key)) keyed.set(child.dataset.key, child);
    else child.remove();
  }

  let at = now.firstChild;
  for (const wanted of [...next.childNodes]) {
    const known = wanted.dataset?.key && keyed.get(wanted.dataset.key);
    if (known && known !== at) at = now.insertBefore(known, at);
    if (!at) {
      now.appendChild(wanted);
    } else if (at.nodeName !== wanted.nodeName || (at.dataset?.key ?? '') !== (wanted.dataset?.key ?? '')) {
      now.insertBefore(wanted, at);
    } else {
      if (at.nodeType === Node.ELEMENT_NODE) morph(at, wanted, force);
      else if (at.nodeValue !== wanted.nodeValue) at.nodeValue = wanted.nodeValue;
      at = at.nextSibling;
    }
  }
  while (at) {
    const gone = at;
    at = at.nextSibling;
    gone.remove();
  }
  if (value !== undefined && now.value !== value) now.value = value;
}

// The page's changes: the server sends the content of main whenever it differs. Hidden pages do not listen.
const main = document.querySelector('main');
document.querySelector('header nav [aria-current]')?.scrollIntoView({ inline: 'center', block: 'nearest' });
const state = document.querySelector('[data-live-state]');
let changes = null;
let moved = false;

function listen() {
  changes?.close();
  changes = null;
  if (document.hidden) return;
  changes = new EventSource(main.dataset.live);
  changes.onopen = () => { state.dataset.liveState = 'open'; };
  changes.onerror = () => { state.dataset.liveState = 'closed'; };
  changes.onmessage = event => {
    draw(JSON.parse(event.data), moved);
    moved = false;
  };
}

function draw(html, force) {
  const next = document.createElement('main');
  next.id = main.id;
  next.innerHTML = html;
  next.dataset.live = main.dataset.live;
  const focused = document.activeElement;
  morph(main, next, force);
  if (focused !== document.activeElement && focused?.isConnected) focused.focus({ preventScroll: true });
  tail();
  document.dispatchEvent(new Event('drawn'));
}

// Goes to another state of the same page: what is open or chosen is in the address, and nothing is loaded again.
function show(address, how) {
  if (how) history[how](null, '', address);
  main.dataset.live = '/ui/_live?at=' + encodeURIComponent(address);
  listen();
}

document.addEventListener('click', event => {
  const link = event.target.closest('a[data-soft]');
  if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  moved = true;
  show(link.getAttribute('href'), 'pushState');
});
addEventListener('popstate', () => { moved = true; show(location.pathname + location.search); });

// Output of a task: the server sends what is appended to the file.
let output = null;

function tail() {
  const view = document.querySelector('[data-tail]');
  if (output && output.view === view && output.url === view?.dataset.tail) return;
  output?.source.close();
  output = null;
  if (!view || document.hidden) return;
  const source = new EventSource(view.dataset.tail);
  output = { view, url: view.dataset.tail, source };
  source.addEventListener('start', () => { view.textContent = ''; });
  source.addEventListener('problem', event => { view.textContent = JSON.parse(event.data); });
  source.onmessage = event => {
    const atEnd = view.scrollHeight - view.scrollTop - view.clientHeight < 40;
    view.append(JSON.parse(event.data));
    while (view.childNodes.length > 2000) view.firstChild.remove();
    if (atEnd) view.scrollTop = view.scrollHeight;
  };
}

// Search fields act while one types; the address changes with them, so that it can be kept and shared.
let typing = 0;
document.addEventListener('input', event => {
  const form = event.target.closest('form[data-live-form]');
  if (!form) return;
  clearTimeout(typing);
  typing = setTimeout(() => {
    const fields = [...new FormData(form)].filter(([, value]) => value !== '');
    const query = new URLSearchParams(fields).toString();
    const address = form.getAttribute('action') + (query ? '?' + query : '');
    show(address, 'replaceState');
  }, 200);
});
document.addEventListener('submit', event => { if (event.target.matches('form[data-live-form]')) event.preventDefault(); });

document.addEventListener('visibilitychange', () => { listen(); tail(); });
addEventListener('pagehide', () => { changes?.close(); output?.source.close(); });
addEventListener('pageshow', event => { if (event.persisted) { listen(); output = null; tail(); } });
listen();
tail();
