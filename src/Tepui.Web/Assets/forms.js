'use strict';

// Forms that change something: sent without leaving the page. The answer says where to go, or what to show instead.
async function send(form, button) {
  if (form.getAttribute('aria-busy')) return;
  form.setAttribute('aria-busy', 'true');
  try {
    const answer = await fetch(form.getAttribute('action'), {
      method: 'POST',
      headers: { Accept: 'application/json' },
      body: new URLSearchParams(new FormData(form, button)),
    });
    if (!answer.headers.get('content-type')?.startsWith('application/json')) throw new Error(await answer.text());
    const said = await answer.json();
    form.removeAttribute('aria-busy');
    if (said.location) leave(said.location);
    else refuse(said);
  } catch (problem) {
    form.removeAttribute('aria-busy');
    complain(form, problem.message || 'The server cannot be reached.');
  }
}

function leave(address) {
  if (new URL(address, location).pathname !== location.pathname) {
    location.assign(address);
    return;
  }
  moved = true;
  show(address, 'replaceState');
}

function refuse({ html, at }) {
  const isPage = /^\/ui\/(edit|create|job-new|job-edit)/.test(at);
  if (!isPage && at !== location.pathname + location.search) show(at, 'replaceState');
  draw(html, true);
  const field = main.querySelector('[aria-invalid=true]');
  const problem = field ?? main.querySelector('[role=alert]:not([hidden])');
  field?.focus();
  problem?.scrollIntoView({ block: 'center' });
}

function complain(form, text) {
  let banner = form.querySelector('[data-complaint]');
  if (!banner) {
    banner = document.createElement('p');
    banner.className = 'banner bad';
    banner.setAttribute('role', 'alert');
    banner.dataset.complaint = '';
    form.prepend(banner);
  }
  banner.textContent = text;
}

document.addEventListener('submit', event => {
  const form = event.target;
  if (form.matches('form[data-command]')) {
    event.preventDefault();
    send(form, event.submitter);
  } else if (form.matches('form[data-soft-form]')) {
    event.preventDefault();
    const fields = new FormData(form, event.submitter);
    const query = new URLSearchParams(location.search);
    for (const name of ['do', 'on', 'task']) query.delete(name);
    for (const [name, value] of fields) query.append(name, value);
    opener = event.submitter;
    moved = true;
    show(form.getAttribute('action') + '?' + query, 'pushState');
  }
});

// While a number is typed, the page says what it would mean.
let previewing = 0;
document.addEventListener('input', event => {
  const name = event.target.dataset.preview;
  if (!name) return;
  clearTimeout(previewing);
  const { value } = event.target;
  previewing = setTimeout(() => {
    const query = new URLSearchParams(location.search);
    query.set(name, value);
    show(location.pathname + '?' + query, 'replaceState');
  }, 150);
});

// While a schedule is typed, the page says when it would run.
let asking = 0;
let asked = 0;
document.addEventListener('input', event => {
  const form = event.target.closest('form[data-preview-form]');
  if (!form) return;
  clearTimeout(asking);
  asking = setTimeout(async () => {
    const mine = ++asked;
    try {
      const answer = await fetch(form.dataset.previewForm, { method: 'POST', headers: { Accept: 'application/json' }, body: new URLSearchParams(new FormData(form)) });
      const said = answer.ok ? await answer.json() : null;
      if (said && mine === asked) form.querySelector('[data-preview-target]').innerHTML = said.html;
    } catch {
      // The next key asks again; saving tells when the server is away.
    }
  }, 200);
});

// Commands to copy.
document.addEventListener('click', async event => {
  const button = event.target.closest('[data-copy]');
  if (!button) return;
  const text = document.getElementById(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(text.textContent);
    button.textContent = 'Copied';
  } catch {
    // Only safe origins may write there; then the text is selected, to be copied by key.
    getSelection().selectAllChildren(text);
    text.focus();
  }
});

// Rows of a list.
document.addEventListener('click', event => {
  const add = event.target.closest('[data-add]');
  if (add) {
    const list = add.closest('[data-list]');
    const numbers = [...list.querySelectorAll('[data-row]')].map(row => Number(row.dataset.key.split('-').pop()));
    const template = list.querySelector('template');
    const next = document.createElement('template');
    next.innerHTML = template.innerHTML.replaceAll('.#.', `.${Math.max(-1, ...numbers) + 1}.`).replaceAll('-#"', `-${Math.max(-1, ...numbers) + 1}"`);
    template.before(next.content);
    template.previousElementSibling.querySelector('input:not([type=hidden]), select').focus();
  }

  const remove = event.target.closest('[data-remove]');
  if (remove) {
    const list = remove.closest('[data-list]');
    remove.closest('[data-row]').remove();
    list.querySelector('[data-add]').focus();
  }
});

// A dialog takes the focus when it opens, keeps it while it is open, and gives it back.
let opener = null;
let dialog = null;
document.addEventListener('click', event => {
  const link = event.target.closest('a[data-soft]');
  if (link && !link.closest('[data-dialog]')) opener = link.closest('[data-menu]')?.querySelector('summary') ?? link;
}, true);

function noticeDialog() {
  const now = main.querySelector('[data-dialog]');
  if (now && now !== dialog) {
    const first = now.querySelector('[autofocus]') ?? now.querySelector('input:not([type=hidden]), button, a');
    first?.focus();
    first?.select?.();
  } else if (!now && dialog) {
    (opener?.isConnected ? opener : main.querySelector('h1'))?.focus();
    opener = null;
  }
  dialog = now;
}
document.addEventListener('drawn', noticeDialog);
addEventListener('DOMContentLoaded', noticeDialog);

// Menus close when something else is chosen.
document.addEventListener('click', event => {
  const here = event.target.closest('[data-menu]');
  for (const menu of document.querySelectorAll('[data-menu][open]')) if (menu !== here || event.target.closest('[data-menu] li')) menu.open = false;
});

// On small screens filters are folded until they are asked for.
for (const side of document.querySelectorAll('[data-side=""]')) if (matchMedia('(max-width: 1000px)').matches) side.open = false;
