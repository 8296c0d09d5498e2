/* A season at the organiser's desk, from an empty folder to the ministry's report, with
 * the mistakes that people make, made and taken back on the way. The programs are real:
 * the desk in a browser, a kiosk's letters, its door.
 *   node desk_season.js BIN DATA WORK with|without [PICTURES] */
'use strict';
const { execFileSync } = require('child_process');
const fs = require('fs');
const http = require('http');
const { Desk } = require('./desk_browser.js');

const [bin, data, work, script, pictures] = process.argv.slice(2);
const central = `sqlite:${work}/kringen.db`;
const zwolle = 'ZWO-2025-03-25', groningen = 'GRO-2025-03-18';
const desk = new Desk(script, pictures);
const cameAtDoor = 30;

const open = (moment) => desk.serve(bin, central, moment);
const close = () => desk.shut();
const expect = (...all) => desk.expect(...all);

/* What a link on the page gives, with the browser's cookie. */
async function fetch(address) {
  const cookies = await desk.page.cookies();
  const headers = { Cookie: cookies.map((one) => `${one.name}=${one.value}`).join('; ') };
  return new Promise((done, never) => {
    http.get(address, { headers }, (reply) => {
      const parts = [];
      reply.on('data', (part) => parts.push(part));
      reply.on('end', () => done(Buffer.concat(parts)));
    }).on('error', never);
  });
}

/* A file among those that were made, by how its name ends. */
async function made(ending) {
  const address = await desk.page.$$eval('main table a', (links, end) =>
    links.filter((a) => a.textContent.trim().endsWith(end))[0]?.href, ending);
  if (!address) throw new Error(`no file that ends with ${ending}: ${await desk.text()}`);
  return fetch(address);
}

function form(name, change) {
  const path = `${work}/${name}`;
  fs.writeFileSync(path, change(fs.readFileSync(`${data}/gro-form.csv`, 'utf8')));
  return path;
}

/* The large figures of a page; of a form: new, changed, unchanged, doubts, not taken. */
function counts() {
  return desk.page.$$eval('dl.cijfers dd', (cells) => cells.map((c) => +c.textContent));
}

async function take() {
  if (!await desk.page.$('button[value=neem]')) throw new Error(await desk.text());
  await desk.press('button[value=neem]');
  await desk.settle();
  await desk.says('Overgenomen:');
}

/* Free, waiting, cancelled, of the own region: beside the number who have a place. */
async function circle(code) {
  await desk.open(`/kring/${code}`);
  return desk.page.evaluate(() => [
    ...document.querySelectorAll('.groot-getal, .tellers dd')]
    .map((cell) => parseInt(cell.innerText, 10)));
}

/* ---- the season ---- */

async function begin() {
  await desk.look('/season-welcome');
  await desk.page.type('#naam', 'Programma Brugfunctionaris');
  await desk.press('button.zon');
  await desk.give(`${data}/sessions.csv`, 'kringen', '');
  await take();
  await desk.give(`${data}/agenda.csv`, 'agenda', '');
  await take();
}

/* Groningen's form for Zwolle: asked about, insisted on, seen, and taken back. */
async function mistake() {
  const before = await circle(zwolle);
  await desk.give(`${data}/gro-form.csv`, 'aanmeldingen', groningen);
  await take();
  await desk.give(`${data}/gro-form.csv`, 'aanmeldingen', zwolle);
  await desk.says('lijkt van Leerkring Groningen');
  await desk.page.click('input[name=kring-0][value=klopt]');
  await desk.press('button[value=lees]');
  await desk.settle();
  await take();
  await desk.takeBack();
  expect('Zwolle after the wrong form was taken back', await circle(zwolle), before);
}

/* The form again, as it was, and with a name mended: nobody is there twice. */
async function again(people) {
  await desk.give(`${data}/gro-form.csv`, 'aanmeldingen', groningen);
  const same = await counts();
  expect('the form again: new and changed', same.slice(0, 2), [0, 0]);
  await desk.press('button[value=weg]');
  await desk.give(form('gro-mended.csv', (text) => text.replace('Ouwehand', 'Ouwehandt') +
    '2025/02/27 9:00:00 AM GMT+1,d.twijfel@voorbeeldschool.example,Dirk,Twijfel,' +
    'De Vraag,geen brugfunctionaris,Noord\n'), 'aanmeldingen', groningen);
  expect('with a name mended, and a doubt: new, changed, unchanged and doubts',
    (await counts()).slice(0, 4), [1, 1, same[2] - 1, 1]);
  await take();
  expect('people after it', (await circle(groningen))[0], people);
}

async function doubts() {
  await desk.open('/uitzoeken');
  await desk.says('Dirk Twijfel');
  await desk.look('/season-doubts');
  for (const out of await desk.page.$$('input[value^="niet "]')) await out.click();
  await desk.page.type('#w-d', 'nagevraagd');
  await desk.press('button[value=twijfels]');
  await desk.look('/season-doubts-settled');
  if (await desk.page.$('input[value^="niet "]')) desk.fail('doubts never end');
}

/* Two cancel, one by mistake, who is in again; the place goes to who waits. */
async function cancels() {
  const before = await circle(groningen);
  const boxes = await desk.page.$$('tbody input[type=checkbox]');
  await boxes[0].click();
  await boxes[1].click();
  await desk.press('button[value=afmelden]');
  await desk.press('button.zon');
  await desk.takeBack();
  expect('after an undo', await circle(groningen), before);
  await (await desk.page.$('tbody input[type=checkbox]')).click();
  await desk.press('button[value=afmelden]');
  await desk.press('button.zon');
  await desk.press('.vrij button.zon');
  await desk.says('heeft een plek.');
  const [taken, free, waiting, cancelled] = await circle(groningen);
  expect('a place that went to who waited', [taken, free, waiting, cancelled],
    [before[0], before[1], before[2] - 1, before[3] + 1]);
  await desk.open('/geschiedenis');
  const [, older] = await desk.page.$$('main ol.lijn form button');
  await Promise.all([desk.page.waitForNavigation(), older.click()]);
  await desk.says('Wat er nog kan'); /* the place is somebody's by now */
  await desk.look('/season-undo-lost');
}

/* One circle is called off, and held after all. */
async function off() {
  await desk.open(`/kring/${zwolle}`);
  await desk.page.click('details.acties summary');
  await desk.press('button[value=afgelasten]');
  await desk.page.type('#waarom', 'de zaal is dicht');
  await desk.press('button.zon');
  await desk.look('/season-off');
  await desk.takeBack();
}

async function tell() {
  await desk.open(`/mail?kring=${groningen}`);
  await desk.page.click('input[value=eml]');
  await desk.press('button[value=mail]');
  await desk.settle();
  const mails = await desk.page.$$eval('main table a', (links) => links.length);
  await desk.press('button[value=weg]');
  await desk.open(`/mail?kring=${groningen}`);
  await desk.says('Niemand');
  return mails;
}

/* A mail comes back: the address is mended, and only that mail goes once more. */
async function cameBack() {
  await desk.open('/mail');
  await desk.press('#verstuurd td a[href^="/mail?zending="]');
  const person = await desk.page.$eval('#zending tbody tr:has(button[value=mail-terug]) a',
    (a) => a.getAttribute('href'));
  await desk.look('/season-mailing');
  await desk.press('#zending button[value=mail-terug]');
  await desk.says('kwam terug.');
  await desk.look('/season-came-back');
  await desk.open(`${person}/gegevens`);
  await desk.write('#mail', 'nieuw.adres@school.example');
  await desk.press('main form button.vol');
  await desk.says('Een mail voor het nieuwe adres staat klaar.');
  expect('mails after an address was mended', await tell(), 1);
}

/* The kiosk's own half of the program, at that hour of the day. */
function own(hour, ...words) {
  return execFileSync(`${bin}/brugwachter-sync`, ['--store', `${work}/kiosk.db`,
    '--clock', `2025-03-18T${hour}:00`, ...words], { encoding: 'utf8' });
}

/* A kiosk's enrolment, made at the desk and taken in by the kiosk. */
async function kiosk() {
  await desk.open(`/zuilen/nieuw?kring=${groningen}`);
  await desk.page.type('#pin', '271828');
  await desk.press('button[value=zuil]');
  await desk.settle();
  fs.writeFileSync(`${work}/kiosk.json`, await made('.json'));
  own('12:40', 'enrol-device', `${work}/kiosk.json`);
}

/* Texts of the tickets, and codes of who waits, as the list beside them tells. */
async function tickets() {
  await desk.open(`/kring/${groningen}`);
  await desk.page.click('details.acties:nth-of-type(2) summary');
  await desk.press('button[value=tickets]');
  await desk.settle();
  const rows = (await made('tickets.csv')).toString('utf8').replace(/^\ufeff/, '')
    .trim().split(/\r?\n/).map((row) => row.split(','));
  const [head, ...people] = rows;
  const of = (status, column) => people
    .filter((row) => row[head.indexOf('status')] === status)
    .map((row) => row[head.indexOf(column)]);
  return { confirmed: of('confirmed', 'text'), waiting: of('waitlisted', 'code') };
}

/* The day at the door: most come, and nobody else may while places are held; then those
 * of who didn't come are given free, and somebody who waits is let in. */
function day({ confirmed, waiting }) {
  own('12:45', 'pull');
  const lines = [...confirmed.slice(0, cameAtDoor).map((text) => `scan\t${text}`),
    'walk-in\tEls Aanloop\tDe Brug\tNoord\tyes', 
    'clock\t2025-03-18T13:55:00', 'release', `waitlist\t${waiting[0]}`];
  const said = execFileSync(`${bin}/brugwachter-kiosk`,
    ['--store', `${work}/kiosk.db`, '--clock', '2025-03-18T13:20:00', 'door'],
    { input: lines.join('\n') + '\n', encoding: 'utf8' });
  own('14:00', 'push');
  const verdicts = said.trim().split('\n').map((line) => JSON.parse(line).verdict)
    .filter((verdict) => verdict); /* a clock that was set has none */
  expect('verdicts at the door', verdicts, [...Array(cameAtDoor).fill('welcome'), 'full',
    'released', 'welcome']);
}

/* While it is held: who is in stands on the page, each kiosk was heard. */
async function live() {
  await desk.open('/live');
  await desk.look('/season-live');
  const inside = await desk.page.$eval('.groot-getal', (e) => parseInt(e.innerText, 10));
  expect('inside, live', inside, cameAtDoor + 1);
}

/* Nothing is fixed while a kiosk may still know more. */
async function fix() {
  await desk.open(`/kring/${groningen}`);
  await desk.page.click('details.acties summary');
  await desk.press('button[value=afsluiten]');
}

/* On paper as Chromium prints it: three sheets of A4, each with its head, and with what
 * belongs there. */
async function onPaper(name, publishable, sheets) {
  const file = `${work}/${name}.pdf`;
  await desk.page.pdf({ path: file, preferCSSPageSize: true, printBackground: true });
  expect(`${name}: the paper`,
    /Page size: .*A4/.test(execFileSync('pdfinfo', [file]).toString()), true);
  const pages = execFileSync('pdftotext', ['-layout', file, '-']).toString()
    .split('\f').slice(0, -1);
  expect(`${name}: sheets`, pages.length, sheets.length);
  const head = ['Programma Brugfunctionaris · leerkringreeks-3 · Stand van', publishable];
  pages.forEach((page, i) => [...head, ...sheets[i] ?? []]
    .filter((words) => !page.includes(words))
    .forEach((words) => desk.fail(`${name}, sheet ${i + 1} doesn't say "${words}"`)));
  pages.forEach((page, i) => expect(`${name}: the number of sheet ${i + 1}`,
    page.replace(/\s/g, '').includes(`${i + 1}/${sheets.length}`), true));
}

/* The figures, with names for the organiser and without for the ministry. */
async function report() {
  await fix();
  await desk.press('button.zon');
  await desk.open('/verslag');
  await desk.look('/season-report');
  await onPaper('report', 'Niet afgeschermd: niet openbaar maken', [
    ['keer aanwezig', 'compleet', 'Wanneer kwamen mensen binnen?',
      'Hoe vaak kwam iemand?'],
    ['Per kring', 'Groningen', 'Totaal'],
    ['Uit welke regio kwamen mensen?', 'Wat bedoelen we?', 'Vastgesteld']]);
  expect('present, in the report', (await counts())[0], cameAtDoor + 1);
  await desk.page.click('main details.acties summary');
  await desk.press('button[name=geef][value=""]');
  await desk.settle();
  const full = (await made('.csv')).toString('utf8');
  await desk.open('/verslag');
  await desk.page.click('input[name=anoniem]');
  await desk.press('form:has(input[name=anoniem]) button');
  await desk.look('/season-report-anonymous');
  await onPaper('report-anonymous', 'Aantallen onder de 5 afgeschermd', [
    ['keer aanwezig', 'Wanneer kwamen mensen binnen?'],
    ['Per kring', 'Groningen'],
    ['Uit welke regio kwamen mensen?', 'Wat bedoelen we?']]);
  await desk.page.click('main details.acties summary');
  await desk.press('button[name=geef][value=""]');
  await desk.settle();
  const bare = (await made('.csv')).toString('utf8');
  for (const [name, text] of [['with names', full], ['without', bare]]) {
    expect(`Ouwehandt in the report ${name}`, text.includes('Ouwehandt'), text === full);
    expect(`the circle in the report ${name}`, /GRO/i.test(text), true);
  }
}

async function season() {
  await open('2025-03-03T09:00:00');
  await begin();
  await mistake();
  const [people] = await circle(groningen);
  await desk.look('/season-circle');
  await desk.give(`${data}/waitlist-form.csv`, 'wachtlijst', '');
  await take();
  await again(people);
  await doubts();
  await cancels();
  await off();
  const mails = await tell();
  if (mails < people) desk.fail(`${mails} mails for ${people} people`);
  await cameBack();
  await kiosk();
  const texts = await tickets();
  await close();
  day(texts);
  await open('2025-03-18T14:00:00');
  await live();
  await close();
  await open('2025-03-19T09:00:00');
  await fix();
  await desk.says('Nog niet alles is binnen of beslist');
  await close();
  own('17:05', 'push');
  await open('2025-03-19T09:30:00');
  await report();
  await close();
}

desk.walk(season);
