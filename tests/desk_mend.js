/* What an organiser mends at the desk, each time taken back again: a mail's text, whom
 * mail doesn't reach, somebody's name, one who is there twice, how a file was read: see
 * tests/desk.
 *   node desk_mend.js LINK with|without FORM ZIP [PICTURES] */
'use strict';
const { Desk } = require('./desk_browser.js');

const [link, script, form, zip, pictures] = process.argv.slice(2);
const groningen = '/kring/GRO-2025-03-18';
const desk = new Desk(script, pictures);

/* The first of a circle's list. */
async function somebody(nth = 0) {
  await desk.open(groningen);
  const people = await desk.page.$$eval('tbody th a', (links) =>
    links.map((a) => ({ address: a.getAttribute('href'), name: a.textContent.trim() })));
  await desk.open(people[nth].address);
  return people[nth];
}

/* What the mail beside the form says. */
function shown() {
  return desk.page.$eval('article.mail', (mail) => mail.innerText);
}

async function expectShown(words) {
  if (!(await shown()).includes(words)) {
    desk.fail(`the mail beside it doesn't say "${words}": ${await shown()}`);
  }
}

/* Her own words: seen as they would be, what can't be filled in is said, kept, ours. */
async function mailText() {
  await desk.open('/mail');
  await desk.press('aside > a[href^="/mail/"]');
  await desk.look('/mail-text');
  await desk.write('#onderwerp', 'Tot {datum} in {locatie}');
  await desk.write('#tekst', 'Hoi {voornaam},\n\nNeem <b>je agenda</b> mee.\nEn een pen.');
  await desk.press('button[value=bekijk]');
  await desk.says('Zo wordt het. Het is nog niet bewaard.');
  await desk.look('/mail-text-tried');
  await expectShown('Neem <b>je agenda</b> mee.\nEn een pen.');
  if (/[{}]/.test(await shown())) desk.fail('something is not filled in');
  await desk.write('#onderwerp', 'Tot {overmorgen}');
  await desk.press('button[value=bewaar]');
  await desk.mistaken('#onderwerp', '{overmorgen}', 'Tot {overmorgen}');
  await desk.write('#onderwerp', 'Tot {datum}');
  await desk.press('button[value=bewaar]');
  await desk.says('Zo zeggen de mails het voortaan.');
  await desk.look('/mail-text-own');
  await desk.open('/mail');
  await expectShown('En een pen.');
  await desk.press('aside > a[href^="/mail/"]');
  await desk.press('button[value=ons]');
  await desk.says('Onze tekst staat er weer.');
  await desk.takeBack();
  await desk.press('button[value=ons]');
  await desk.says('Onze tekst staat er weer.');
}

/* Mail that came back, and who wants none: said where mails are sent, and ended there. */
async function reach() {
  const { address, name } = await somebody();
  await desk.press('button[value=mail-terug]');
  await desk.says(`Mail aan ${name} kwam terug.`);
  await desk.look('/mail-back');
  await desk.open('/mail');
  await desk.says('kwam terug: dit adres neemt geen mail aan');
  await desk.look('/mail-cant');
  await desk.press('button[value=weer-mail]');
  await desk.says(`${name} krijgt weer mail.`);
  await desk.open(address);
  await desk.press('button[value=geen-mail]');
  await desk.says(`${name} krijgt geen mail meer.`);
  await desk.look('/mail-none');
  await desk.takeBack();
}

async function correct() {
  const { address } = await somebody();
  await desk.press(`a[href="${address}/gegevens"]`);
  await desk.look('/correct');
  const before = await desk.page.$eval('#naam', (field) => field.value);
  await desk.write('#naam', 'Proef-Verbeterd');
  await desk.write('#mail', 'proef@school');
  await desk.press('main form button.vol');
  await desk.mistaken('#mail', 'Dit is geen mailadres', 'proef@school');
  await desk.write('#mail', 'proef@school.example');
  await desk.page.type('#waarom', 'zelf gebeld');
  await desk.press('main form button.vol');
  await desk.says('Een mail voor het nieuwe adres staat klaar.');
  await desk.look('/corrected');
  await desk.takeBack();
  await desk.says(before);
  await desk.open('/geschiedenis');
  await desk.says('zelf gebeld');
}

/* One who is there twice, in other words: seen side by side, joined, and two again. */
async function join() {
  const one = await somebody(0), other = await somebody(1);
  const school = await desk.page.$eval('main .kop p', (p) => p.textContent.split(' · ')[0]);
  await desk.open(`${one.address}/gegevens`);
  const last = other.name.split(' ').slice(1).join(' ');
  await desk.write('#voornaam', other.name.split(' ')[0]);
  await desk.write('#naam', `${last}n`);
  await desk.write('#school', school);
  await desk.press('main form button.vol');
  await desk.open(one.address);
  await desk.says(`Lijkt op ${other.name}. Dezelfde mens?`);
  await desk.look('/alike');
  await desk.press('main .let-op a.knop');
  await desk.says('Welke naam, school en mailadres blijven?');
  await desk.look('/join');
  await desk.page.click('input[value=andere]');
  await desk.press('button[value=zelfde]');
  await desk.says('Samengevoegd:');
  await desk.look('/joined');
  await desk.takeBack();
  await desk.open(one.address);
  await desk.press('button[value=twee]');
  await desk.says('is iemand anders.');
  await desk.takeBack();
  await desk.open('/geschiedenis');
  await desk.look('/history');
}

/* What can't come back is read first, and the last name typed. */
async function forget() {
  await somebody();
  await desk.press('button[value=vergeet]');
  await desk.says('Er is nog niets veranderd');
  await desk.look('/forget');
  await desk.page.type('#naam', 'Iemand-Anders');
  await desk.press('button[value=vergeet]');
  await desk.mistaken('#naam', 'Dat is niet de achternaam', 'Iemand-Anders');
}

/* How a form was read is looked at again, and said otherwise. */
async function reading() {
  await desk.give(form, 'aanmeldingen', 'GRO-2025-03-18');
  await desk.press('a[href$="stap=2"]');
  await desk.says('Kolommen');
  await desk.look('/reading');
  const words = await desk.page.$$eval('select[name^=kolom-0-] option',
    (options) => [...new Set(options.map((one) => one.textContent))]);
  words.filter((word) => /_|^[A-Z]/.test(word))
    .forEach((word) => desk.fail(`a column may be read as "${word}"`));
  const column = await desk.page.$$eval('select[name^=kolom-0-]', (all) =>
    all.find((one) => one.selectedOptions[0].value === 'region').name);
  await desk.page.select(`select[name=${column}]`, '-');
  await desk.press('button[value=lees]');
  await desk.settle();
  await desk.says('Er is nog niets veranderd.');
  await desk.look('/read-otherwise');
  await desk.press('button[value=weg]');
  await desk.says('Het bestand is weggegooid.');
}

/* All forms at once: one stays out, the others go in and out again. */
async function archive() {
  await desk.give(zip, 'aanmeldingen', '');
  await desk.look('/zip');
  if (await desk.page.$('button[value=neem]')) {
    await desk.press('a[href$="stap=2"]');
    await desk.look('/zip-reading');
  }
  await desk.says('geen lijst, overgeslagen');
  await desk.page.click('input[name=uit-1]');
  await desk.press('button[value=lees]');
  await desk.settle();
  await desk.says('blijft eruit');
  await desk.look('/zip-picture');
  await desk.press('button[value=neem]');
  await desk.settle();
  await desk.says('Overgenomen:');
  await desk.look('/zip-taken');
  await desk.takeBack();
}

/* The sheet beside the form follows what is typed: by itself, or by a button. */
async function sheet() {
  await desk.open('/zuilen/nieuw?kring=ZWO-2025-03-25');
  await desk.page.select('#kring', 'TIL-2025-04-10');
  await desk.write('#naam', 'Zuil in de tuin');
  if (script === 'with') {
    await desk.page.keyboard.press('Tab');
    await desk.page.waitForFunction(() =>
      document.querySelector('.blad').innerText.includes('Zuil in de tuin'));
  } else {
    await desk.press('#blad button');
  }
  const said = await desk.page.$eval('.blad', (blad) => blad.innerText);
  for (const words of ['TIL', 'Zuil in de tuin', 'Leerkring Tilburg', 'Blad 1 van']) {
    if (!said.includes(words)) desk.fail(`the sheet doesn't say "${words}": ${said}`);
  }
  await desk.look('/sheet-before');
}

desk.walk(async () => {
  await desk.enter(link);
  await mailText();
  await reach();
  await correct();
  await join();
  await forget();
  await reading();
  await archive();
  await sheet();
});
