/* A day with two circles at once, as the office sees it: Live, the big screen, who is
 * inside, and news while it comes; then keys, focus, paper, and screens of one's own
 * (contrast, no movement): see tests/desk.
 *   node desk_day.js BIN DATA WORK with|without [PICTURES] */
'use strict';
const { execFileSync } = require('child_process');
const fs = require('fs');
const { Desk } = require('./desk_browser.js');

const [bin, data, work, script, pictures] = process.argv.slice(2);
const central = `sqlite:${work}/dag.db`;
const before = '2025-03-17T12:00:00';
const circles = [
  { code: 'TRA-2025-03-18', kiosk: 'Zuil 2', come: 6, heard: '2025-03-18T13:18:00' },
  { code: 'GRO-2025-03-18', kiosk: 'Zuil bij de ingang', come: 9,
    heard: '2025-03-18T13:25:00' }];
const [training, groningen] = circles;
const inside = training.come + groningen.come;
const desk = new Desk(script, pictures);

function officeAt(when, ...words) {
  try {
    execFileSync(`${bin}/brugwachter-sync`,
      ['--central', central, '--clock', when, ...words], { stdio: 'pipe' });
  } catch (error) {
    if (error.status !== 1) throw error; /* some of the rows are no registrations */
  }
}

const office = (...words) => officeAt(before, ...words);

/* The kiosk of a circle, at that hour of the day. */
const store = (circle) => `${work}/${circle.code}.kiosk`;
function own(circle, when, ...words) {
  execFileSync(`${bin}/brugwachter-sync`,
    ['--store', store(circle), '--clock', when, ...words], { stdio: 'pipe' });
}

function comeIn(circle, hour, codes) {
  const said = execFileSync(`${bin}/brugwachter-kiosk`,
    ['--store', store(circle), '--clock', `2025-03-18T${hour}:00`, 'door'],
    { input: codes.map((code) => `code\t${code}\n`).join(''), encoding: 'utf8' });
  const welcome = said.split('\n').filter((line) => line.includes('"welcome"')).length;
  desk.expect(`who came in at ${circle.code}`, welcome, codes.length);
}

/* Two circles on one day: one with a kiosk that was heard just now, one with a kiosk that
 * wasn't for eight minutes. */
function prepare() {
  fs.writeFileSync(`${work}/training.csv`, 'code,series,title,kind,region,venue,address,' +
    'starts_at,ends_at,capacity,audience\n' + 'TRA-2025-03-18,leerkringreeks-3,' +
    'Training Gesprek met ouders,training,Midden,De Nijverheid,"Laan 2, Utrecht",' +
    '2025-03-18T13:00,2025-03-18T16:00,24,\n');
  const people = Array.from({ length: 20 }, (_, i) => '2025/02/11 9:00:00 AM GMT+1,' +
    `t${i}@oefenschool.example,Tess,Training-${i},De Laan,Brugfunctionaris,Midden\n`);
  fs.writeFileSync(`${work}/training-form.csv`,
    'Tijdstempel,E-mailadres,Voornaam,Achternaam,School,Functie,Regio\n' +
    people.join(''));
  office('init', '--organiser', 'Leerkringen Noord', '--phone', '050 123 45 67');
  office('import', 'sessions', `${data}/sessions.csv`);
  office('import', 'sessions', `${work}/training.csv`);
  office('import', 'registrations', `${data}/gro-form.csv`, '--session', groningen.code);
  office('import', 'registrations', `${work}/training-form.csv`,
    '--session', training.code);
  for (const circle of circles) {
    const sheet = `${work}/${circle.code}.json`, tickets = `${work}/${circle.code}`;
    office('enrol', '--session', circle.code, '--name', circle.kiosk, '--out', sheet);
    office('tickets', '--session', circle.code, '--out', tickets);
    own(circle, before, 'enrol-device', sheet);
    own(circle, before, 'pull');
    circle.codes = fs.readFileSync(`${tickets}/tickets.csv`, 'utf8')
      .replace(/^\ufeff/, '').split(/\r?\n/).slice(1).map((row) => row.split(',')[0]);
    comeIn(circle, '12:52', circle.codes.slice(0, circle.come - 2));
    comeIn(circle, '13:09', circle.codes.slice(circle.come - 2, circle.come));
    own(circle, circle.heard, 'push');
    officeAt(circle.heard, 'merge');
  }
}

/* ---- the pages of the day ---- */

async function live(language) {
  const nl = language === 'nl';
  await desk.open('/live');
  await desk.says(`${nl ? 'Nu binnen' : 'Inside now'}: ${inside} ${nl ? 'van' : 'of'} 74`);
  await desk.says('Zuil 2');
  desk.expect('circles on Live', (await desk.page.$$('main section.paneel')).length, 2);
  desk.expect('kiosks that are silent', (await desk.page.$$('.live .let-op')).length, 1);
  desk.expect('curves of who came', (await desk.page.$$('.live .grafiek')).length, 2);
  await desk.look(`/${language}/day-live`);
  await desk.open('/live/groot');
  desk.expect('inside, on the big screen', await desk.page.$$eval('.groot section .ring text',
    (texts) => texts.filter((t) => !t.classList.contains('van'))
      .map((t) => +t.textContent)), circles.map((circle) => circle.come));
  if (/Training-\d|@/.test(await desk.text())) desk.fail('the big screen has names');
  await desk.look(`/${language}/day-big`);
  await desk.open('/ontruiming');
  const rows = await desk.page.$$eval('tbody tr', (all) => all.length);
  desk.expect('names of who is inside', rows, inside);
  await desk.says('Training-');
  await desk.look(`/${language}/day-evacuation`);
}

/* A letter comes while somebody watches: the page tells, by itself. With script in its
 * place; without, the big screen asks again. */
async function news() {
  const circle = training; /* the first */
  const figure = (address) => (address === '/live' ? '.groot-getal' : '.ring text');
  const address = script === 'with' ? '/live' : '/live/groot';
  await desk.open(address);
  await desk.page.evaluate(() => { document.title = 'the same'; });
  comeIn(circle, '13:26', [circle.codes[circle.come]]);
  own(circle, '2025-03-18T13:26:30', 'push');
  const sent = Date.now();
  const read = () => desk.page.$eval(figure(address), (e) => parseInt(e.textContent, 10));
  if (script === 'with') {
    await desk.page.waitForFunction((where, n) =>
      parseInt(document.querySelector(where)?.textContent, 10) === n, { polling: 50 },
    figure(address), circle.come + 1);
    desk.expect('the page was not loaded anew', await desk.page.title(), 'the same');
  } else {
    while (await read() !== circle.come + 1) await desk.page.waitForNavigation();
  }
  console.log(`desk: news of ${circle.code} stood on ${address} after ` +
    `${Date.now() - sent} ms`);
}

/* The same where the focus is inside: figures change, and what has the focus, what is
 * selected and what didn't change stay the nodes that they were. */
async function newsInside() {
  const circle = training;
  await desk.open('/live');
  await desk.page.evaluate(() => {
    window.at = document.querySelector('main a[href="/ontruiming"]');
    window.at.focus();
    window.title = document.querySelector('main section h2');
    window.getSelection().selectAllChildren(window.title);
  });
  comeIn(circle, '13:26', [circle.codes[circle.come + 1]]);
  own(circle, '2025-03-18T13:26:45', 'push');
  await desk.page.waitForFunction((n) =>
    parseInt(document.querySelector('.groot-getal')?.textContent, 10) === n,
  { polling: 50 }, circle.come + 2);
  desk.expect('focus, title and selection', await desk.page.evaluate(() => [
    document.activeElement === window.at, document.contains(window.title),
    window.getSelection().toString() === window.title.textContent]), [true, true, true]);
  desk.expect('what it says of itself', await desk.page.$eval('[data-vanzelf]',
    (e) => e.hidden), false);
}

/* ---- for everybody ---- */

const here = () => desk.page.evaluate(() => location.pathname);
const focused = () => desk.page.evaluate(() => {
  const at = document.activeElement;
  return at.id || at.className || at.tagName;
});

/* Keys go somewhere, and never act while somebody types. */
async function keys() {
  const { page } = desk;
  await desk.open('/toetsen');
  const listed = await page.$$eval('.feiten dt', (all) => all
    .map((dt) => [...dt.querySelectorAll('kbd')].map((key) => key.textContent))
    .filter((pair) => pair[0] === 'g').map((pair) => pair[1]));
  const places = { v: '/', k: '/kringen', i: '/inlezen', t: '/mail', z: '/zuilen',
    l: '/live', u: '/uitzoeken', r: '/verslag/leerkringreeks-3' };
  desk.expect('shortcuts on the list', listed, Object.keys(places));
  for (const [key, address] of Object.entries(places)) {
    await page.keyboard.press('g');
    await Promise.all([page.waitForNavigation(), page.keyboard.press(key)]);
    if (!address.startsWith(await here())) desk.fail(`g ${key} goes to ${await here()}`);
  }
  await page.keyboard.press('/');
  desk.expect('/ goes to', await focused(), 'q');
  await page.keyboard.type('/g?l');
  desk.expect('what was typed', await page.$eval('#q', (q) => q.value), '/g?l');
  await desk.open('/');
  await Promise.all([page.waitForNavigation(), page.keyboard.type('?')]);
  desk.expect('? goes to', await here(), '/toetsen');
  await desk.open(`/kring/${groningen.code}`);
  await page.focus('td details.acties summary');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Escape');
  desk.expect('menus open after Esc', (await page.$$('details.acties[open]')).length, 0);
  desk.expect('after Esc the focus is on', await page.evaluate(() =>
    document.activeElement.tagName), 'SUMMARY');
}

/* After something was done the bar has the focus, and Tab comes to the undo. */
async function bar() {
  await desk.open(`/kring/${groningen.code}`);
  await (await desk.page.$('tbody input[type=checkbox]')).click();
  await desk.press('button[value=afmelden]');
  await desk.press('button.zon');
  await desk.page.waitForFunction(() => // the browser gives it with its next picture
    document.activeElement.classList.contains('flits'));
  await desk.page.keyboard.press('Tab');
  desk.expect('then on the undo', await desk.page.evaluate(() =>
    document.activeElement.closest('.flits form') !== null), true);
  await Promise.all([desk.page.waitForNavigation(), desk.page.keyboard.press('Enter')]);
  await desk.says('is ongedaan gemaakt');
}

/* What the browser says that its reader wants. */
function wants(name, value) {
  return desk.devtools.send('Emulation.setEmulatedMedia', { features: [{ name, value }] });
}

/* Nothing moves for who wants no movement; what is only colour has an edge or a ground of
 * its own where the reader chooses the colours. */
async function ownScreen() {
  const { page } = desk;
  desk.devtools = await page.createCDPSession();
  await wants('prefers-reduced-motion', 'reduce');
  for (const address of ['/', '/live', '/inlezen']) {
    await desk.open(address);
    const moving = await page.evaluate(() => [...document.querySelectorAll('*')]
      .filter((e) => ['transitionDuration', 'animationDuration'].some((what) =>
        getComputedStyle(e)[what].split(', ').some((time) => parseFloat(time) > 0.01)))
      .map((e) => e.className || e.tagName));
    desk.expect(`what moves on ${address}`, moving, []);
  }
  await wants('forced-colors', 'active');
  for (const address of ['/', '/live', '/live/groot', `/kring/${groningen.code}`]) {
    await desk.open(address);
    const bare = await page.evaluate(() => {
      const ground = getComputedStyle(document.body).backgroundColor;
      const edge = [...document.querySelectorAll('.chip, .knop, .flits')]
        .filter((e) => e.getClientRects().length > 0 &&
          parseFloat(getComputedStyle(e).borderTopWidth) === 0);
      const drawn = [...document.querySelectorAll('.bar-g, .kring-vol')]
        .filter((e) => getComputedStyle(e).fill === ground);
      return [...edge, ...drawn].map((e) => e.getAttribute('class'));
    });
    desk.expect(`what has no edge on ${address}, in colours of one's own`, bare, []);
  }
  await wants('forced-colors', 'none');
}

/* On paper stands the list, and nothing of what is only to be pressed. */
async function paper() {
  for (const [name, address, words] of [
    ['circle', `/kring/${groningen.code}`, ['Leerkring Groningen', 'Ouwehand']],
    ['evacuation', '/ontruiming', ['Zuil bij de ingang', 'Training-1']]]) {
    const file = `${work}/${name}.pdf`;
    await desk.open(address);
    await desk.page.pdf({ path: file, preferCSSPageSize: true });
    const text = execFileSync('pdftotext', ['-layout', file, '-']).toString();
    words.filter((word) => !text.includes(word))
      .forEach((word) => desk.fail(`on paper ${address} lacks "${word}"`));
    ['Sneltoetsen', 'Inlezen', 'Zoek in deze', 'Acties', 'Maak ongedaan', 'Ververs']
      .filter((word) => text.includes(word))
      .forEach((word) => desk.fail(`on paper ${address} says "${word}"`));
  }
}

async function day() {
  prepare();
  await desk.serve(bin, central, '2025-03-18T13:26:00');
  for (const language of ['nl', 'en']) {
    await live(language);
    await desk.open('/');
    await desk.press('form[action="/taal"] button');
  }
  await paper();
  await ownScreen();
  await news();
  if (script === 'with') await newsInside();
  if (script === 'with') await keys();
  await bar();
  await desk.shut();
}

desk.walk(day);
