'use strict';

// Keys: an element says in data-hotkey which key, or which two in a row, stand for a click on it.
const help = document.getElementById('keyboard-help');
let chord = '';
let chordEnd = 0;

function pressed(key) {
  clearTimeout(chordEnd);
  const keys = chord ? chord + ' ' + key : key;
  chord = '';
  const target = document.querySelector(`[data-hotkey="${CSS.escape(keys)}"]`);
  if (target) {
    target.click();
    return true;
  }
  if (keys === 'g') {
    chord = 'g';
    chordEnd = setTimeout(() => { chord = ''; }, 1500);
    return true;
  }
  return false;
}

function escape(field) {
  const menu = document.querySelector('[data-menu][open]');
  const close = main.querySelector('[data-dialog] [data-close]');
  if (menu) {
    menu.open = false;
    menu.querySelector('summary').focus();
  } else if (close) {
    close.click();
  } else {
    field?.blur();
  }
}

// Tab goes round inside an open dialog.
function keepInside(box, event) {
  const all = [...box.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea')].filter(one => !one.disabled);
  const [first, last] = [all[0], all.at(-1)];
  if (!box.contains(document.activeElement) || document.activeElement === (event.shiftKey ? first : last)) {
    event.preventDefault();
    (event.shiftKey ? last : first)?.focus();
  }
}

document.addEventListener('keydown', event => {
  if (event.defaultPrevented || event.isComposing || help.open) return;
  const field = event.target.closest('input:not([type=checkbox]), textarea, select');
  const box = main.querySelector('[data-dialog]');
  if (event.key === 'Escape') {
    escape(field);
  } else if (event.key === 'Tab' && box) {
    keepInside(box, event);
  } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    const form = event.target.closest('form[data-command]') ?? main.querySelector('[data-dialog] form') ?? main.querySelector('form.edit');
    form?.requestSubmit(form.querySelector('[data-submit]'));
  } else if (!field && !box && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const search = main.querySelector('[data-search]');
    if (event.key === '?') help.showModal();
    else if (search && !chord && (event.key === '/' || event.key === 's')) search.select();
    else if (!pressed(event.key)) return;
    event.preventDefault();
  }
});
document.querySelector('[data-keys]').addEventListener('click', () => help.showModal());
