/* The desk works without this file. It only makes some things quicker. */
(function () {
  'use strict';
  var d = document;
  /* keys: / search, g then a letter goes, ? all keys; never while typing */
  var go = { v: '/', k: '/kringen', i: '/inlezen', t: '/mail', z: '/zuilen', l: '/live', u: '/uitzoeken', r: '/verslag' }, g = 0;
  d.addEventListener('keydown', function (e) {
    if (e.key === 'Escape') {
      d.querySelectorAll('details.acties[open]').forEach(function (x) {
        x.open = false; x.firstElementChild.focus();
      });
    }
    if (e.ctrlKey || e.metaKey || e.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(e.target.tagName)) return;
    var q = d.getElementById('q');
    if (e.key === '/' && q) { q.focus(); e.preventDefault(); }
    else if (e.key === '?') location.href = '/toetsen';
    else if (e.key === 'g') g = Date.now();
    else if (Date.now() - g < 1200 && e.key in go) location.href = go[e.key];
  });
  /* narrow screens: bring the current page's tab into sight */
  var cur = d.querySelector('.nav a[aria-current]'), nav = d.querySelector('.nav');
  if (cur && nav && nav.scrollWidth > nav.clientWidth) nav.scrollLeft = cur.offsetLeft - 60;
  /* one row menu open at a time; a click elsewhere closes it */
  d.addEventListener('click', function (e) {
    d.querySelectorAll('details.acties[open]').forEach(function (x) {
      if (!x.contains(e.target)) x.open = false;
    });
  });
  /* "all" ticks the rows of its own table or form, and is what they are */
  d.querySelectorAll('input[data-alles]').forEach(function (a) {
    var box = a.closest('table') || a.form;
    a.removeAttribute('name');
    a.hidden = false;
    box.addEventListener('change', function (e) {
      var rows = Array.prototype.slice.call(box.querySelectorAll('tbody input[type=checkbox]'));
      if (e.target === a) rows.forEach(function (c) { c.checked = a.checked; });
      else a.checked = rows.every(function (c) { return c.checked; });
    });
  });
  /* how many mails the ticked rows are, on the button that sends them */
  d.querySelectorAll('[data-som]').forEach(function (b) {
    d.addEventListener('change', function (e) {
      if (e.target.type !== 'checkbox') return;
      var sum = 0;
      d.querySelectorAll('input[data-n]').forEach(function (c) { if (c.checked) sum += +c.dataset.n; });
      b.textContent = b.textContent.replace(/[0-9]+/, sum);
    });
  });
  d.querySelectorAll('[data-print]').forEach(function (b) {
    b.hidden = false;
    b.addEventListener('click', function () { window.print(); });
  });
  /* what a form would make is shown beside it, as it is by now */
  d.querySelectorAll('form[data-blad]').forEach(function (f) {
    f.addEventListener('change', function (e) {
      if (!/^(kring|naam|zuil)$/.test(e.target.name)) return;
      var sent = new URLSearchParams(new FormData(f));
      sent.set('doe', 'toon');
      sent.set('pin', '');
      fetch(f.dataset.blad, { method: 'POST', body: sent }).then(function (r) {
        return r.ok ? r.text() : Promise.reject();
      }).then(function (t) {
        var n = new DOMParser().parseFromString(t, 'text/html').getElementById('blad');
        var old = d.getElementById('blad');
        if (n && !old.contains(d.activeElement)) old.replaceChildren.apply(old, n.childNodes);
      }).catch(function () {});
    });
  });
  /* the whole box takes files */
  d.querySelectorAll('.val').forEach(function (box) {
    var input = box.querySelector('input[type=file]');
    ['dragover', 'dragleave', 'drop'].forEach(function (kind) {
      box.addEventListener(kind, function (e) {
        e.preventDefault();
        box.classList.toggle('over', kind === 'dragover');
        if (kind === 'drop' && e.dataTransfer.files.length) input.files = e.dataTransfer.files;
      });
    });
  });
  /* Makes `old` say what `now` says. What is the same stays the node that it was: with it
     the focus, a selection, an open menu, and the place of who has it read aloud. */
  var key = function (x) {
    return x.nodeType === 1 && (x.id || x.getAttribute('aria-labelledby')) || x.nodeName;
  };
  var renew = function (old, now) {
    if (old.nodeType !== 1) {
      if (old.nodeValue !== now.nodeValue) old.nodeValue = now.nodeValue;
      return;
    }
    Array.prototype.slice.call(old.attributes).forEach(function (a) {
      if (!now.hasAttribute(a.name) && a.name !== 'open') old.removeAttribute(a.name);
    });
    Array.prototype.slice.call(now.attributes).forEach(function (a) {
      if (old.getAttribute(a.name) !== a.value) old.setAttribute(a.name, a.value);
    });
    var at = old.firstChild;
    var drop = function (until) {
      while (at !== until) {
        var gone = at;
        at = at.nextSibling;
        if (!gone.contains(d.activeElement)) gone.remove();
      }
    };
    Array.prototype.slice.call(now.childNodes).forEach(function (n) {
      var same = at;
      while (same && key(same) !== key(n)) same = same.nextSibling;
      if (!same) { old.insertBefore(n, at); return; }
      drop(same);
      at = same.nextSibling;
      renew(same, n);
    });
    drop(null);
  };
  /* live figures: told of news, the page is fetched, and what is another changes; only
     then does it say that it is refreshed */
  var m = d.querySelector('main[data-stroom]');
  if (!m || !window.EventSource) return;
  var stream = new EventSource(m.dataset.stroom);
  var say = function () {
    m.querySelectorAll('[data-vanzelf]').forEach(function (x) { x.hidden = false; });
  };
  say();
  stream.addEventListener('nieuws', function () {
    fetch(location.pathname + '?zelf=1').then(function (r) {
      return r.ok ? r.text() : Promise.reject();
    }).then(function (t) {
      var n = new DOMParser().parseFromString(t, 'text/html').querySelector('main');
      if (n) renew(m, n);
      say();
    }).catch(function () {});
  });
})();
