'use strict';

// The theme follows the system until the button is pressed.
document.addEventListener('click', event => {
  if (!event.target.closest('[data-theme-toggle]')) return;
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.theme = dark ? 'light' : 'dark';
  localStorage.setItem('theme', root.dataset.theme);
});

// Makes `now` look like `next`, touching only what differs, so that scrolling, focus and selection stay.
function morph(now, next) {
  if (now.dataset?.keep !== undefined && now.dataset.keep === next.dataset?.keep) return;
  for (const { name, value } of next.attributes) if (now.getAttribute(name) !== value) now.setAttribute(name, value);
  for (const { name } of [...now.attributes]) if (!next.hasAttribute(name) && name !== 'open') now.removeAttribute(name);

  const keyed = new Map();
  for (const child of now.children) if (child.dataset.key) keyed.set(child.dataset.key, child);
  let at = now.firstChild;
  for (const wanted of [...next.childNodes]) {
    const known = wanted.dataset?.key && keyed.get(wanted.dataset.key);
    if (known && known !== at) at = now.insertBefore(known, at);
    if (!at) {
      now.appendChild(wanted);
    } else if (at.nodeName !== wanted.nodeName || (at.dataset?.key ?? '') !== (wanted.dataset?.key ?? '')) {
      now.insertBefore(wanted, at);
    } else {
      if (at.nodeType === Node.ELEMENT_NODE) morph(at, wanted);
      else if (at.nodeValue !== wanted.nodeValue) at.nodeValue = wanted.nodeValue;
      at = at.nextSibling;
    }
  }
  while (at) {
    const gone = at;
    at = at.nextSibling;
    gone.remove();
  }
}

// The page's changes: the server sends the content of main whenever it differs. Hidden pages do not listen.
const main = document.querySelector('main');
const state = document.querySelector('[data-live-state]');
let changes = null;

function listen() {
  changes?.close();
  changes = null;
  if (document.hidden) return;
  changes = new EventSource(main.dataset.live);
  changes.onopen = () => { state.dataset.liveState = 'open'; };
  changes.onerror = () => { state.dataset.liveState = 'closed'; };
  changes.onmessage = event => {
    const next = document.createElement('main');
    next.innerHTML = JSON.parse(event.data);
    next.dataset.live = main.dataset.live;
    morph(main, next);
    tail();
  };
}

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
    history.replaceState(null, '', address);
    main.dataset.live = '/ui/_live?at=' + encodeURIComponent(address);
    listen();
  }, 200);
});
document.addEventListener('submit', event => { if (event.target.matches('form[data-live-form]')) event.preventDefault(); });

document.addEventListener('visibilitychange', () => { listen(); tail(); });
addEventListener('pagehide', () => { changes?.close(); output?.source.close(); });
addEventListener('pageshow', event => { if (event.persisted) { listen(); output = null; tail(); } });
listen();
tail();
