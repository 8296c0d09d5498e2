/* What an organiser does at the desk, by a real browser: see tests/desk.
 *   node desk_walk.js LINK with|without FORM [PICTURES] */
'use strict';
const { Desk } = require('./desk_browser.js');

const [link, script, form, pictures] = process.argv.slice(2);
const pages = ['/', '/kringen?zoek=noord&sorteer=naam', '/kring/GRO-2025-03-18',
  '/kring/GRO-2025-03-18?lijst=wacht', '/kring/ZWO-2025-03-25/wijzig', '/mensen?q=de',
  '/kringen/nieuw', '/inlezen', '/zuilen/nieuw?kring=ZWO-2025-03-25', '/instellingen', '/live', '/ontruiming', '/mail',
  '/mail/moved-same', '/zuilen', '/uitzoeken', '/verslag', '/geschiedenis', '/toetsen'];
const desk = new Desk(script, pictures);

/* Two are cancelled, a place goes to who waits, and that is taken back. */
async function change() {
  await desk.open('/kring/GRO-2025-03-18');
  const boxes = await desk.page.$$('tbody input[type=checkbox]');
  await boxes[0].click();
  await boxes[1].click();
  await desk.press('button[value=afmelden]');
  await desk.says('Er is nog niets veranderd');
  await desk.look('/deed');
  await desk.press('button.zon');
  await desk.says('2 mensen zijn afgemeld.');
  await desk.look('/done');
  await desk.press('.vrij button.zon');
  await desk.says('heeft een plek.');
  await desk.takeBack();
  await desk.open('/kring/ZWO-2025-03-25/wijzig');
  await desk.write('#plaats', 'De Nieuwe Kolk');
  await desk.press('button.vol');
  await desk.says('De Nieuwe Kolk');
  await desk.look('/move');
  await desk.press('button.zon');
  await desk.takeBack();
}

/* One circle more, by hand: a code that is taken is said, what it would be is shown, and
 * it is taken back. */
async function oneMore() {
  await desk.open('/kringen/nieuw');
  await desk.write('#naam', 'Leerkring Almelo');
  await desk.write('#begin', '2025-05-06 13:30');
  await desk.write('#plaats', 'Het Huis');
  await desk.write('#kenmerk', 'GRO-2025-03-18');
  await desk.press('main form button.vol');
  await desk.mistaken('#kenmerk', 'zo heet al een kring', 'GRO-2025-03-18');
  await desk.write('#kenmerk', 'ALM-2025-05-06');
  await desk.press('main form button.vol');
  await desk.says('dinsdag 6 mei 2025');
  await desk.look('/one-more');
  await desk.press('button.zon');
  await desk.says('Leerkring Almelo is erbij.');
  await desk.takeBack();
}

/* Where to, what it would be, and yes. */
async function toTilburg() {
  await desk.page.click('input[value="TIL-2025-04-10"]');
  await desk.press('button[name=kijk]');
  await desk.says('Verplaats naar Leerkring Tilburg');
  await desk.press('button.vol');
}

/* Somebody goes to another circle, and comes back. */
async function goElsewhere() {
  await desk.open('/kring/GRO-2025-03-18');
  await desk.press('tbody th a');
  await desk.look('/person');
  await desk.page.click('td details.acties summary');
  await desk.press('a[href$="/verplaats"]');
  await desk.look('/move-person');
  await toTilburg();
  await desk.says('is verplaatst naar Leerkring Tilburg.');
  await desk.look('/moved-person');
  await desk.takeBack();
}

/* Three who were ticked go to one circle, as one step. */
async function moveSeveral() {
  await desk.open('/kring/GRO-2025-03-18');
  await desk.press('button[value=verplaats]');
  await desk.says('Kies eerst mensen in de lijst');
  const boxes = await desk.page.$$('tbody input[type=checkbox]');
  for (const box of boxes.slice(0, 3)) await box.click();
  await desk.press('button[value=verplaats]');
  await desk.says('3 mensen verplaatsen');
  await desk.says('3 plekken in Leerkring Groningen komen vrij');
  await desk.look('/move-several');
  await toTilburg();
  await desk.says('3 mensen zijn verplaatst naar Leerkring Tilburg.');
  await desk.look('/moved-several');
  await desk.takeBack();
}

/* A colleague comes in somebody's place, and that is taken back. */
async function replace() {
  await desk.open('/kring/GRO-2025-03-18');
  await desk.press('tbody th a');
  await desk.page.click('td details.acties summary');
  await desk.press('a[href$="/collega"]');
  await desk.look('/colleague');
  await desk.page.type('#collega', 'Dina de Boer');
  await desk.page.type('#mail', 'dina@school');
  await desk.press('button.vol');
  await desk.mistaken('#mail', 'Dit is geen mailadres', 'dina@school');
  await desk.write('#mail', 'dina@school.example');
  await desk.press('button.vol');
  await desk.says('Geef de plek aan Dina de Boer');
  await desk.look('/colleague-picture');
  await desk.press('button.vol');
  await desk.says('Dina de Boer heeft nu de plek');
  await desk.takeBack();
}

/* Mistakes that the browser lets pass, in forms of the desk. */
async function mistakes() {
  await desk.open('/kring/ZWO-2025-03-25/wijzig');
  await desk.write('#begin', 'volgende week');
  await desk.press('button.vol');
  await desk.mistaken('#begin', '"volgende week" is geen datum en tijd', 'volgende week');
  await desk.open('/instellingen');
  await desk.write('#server', 'mail.school.example');
  await desk.press('form:has(#server) button');
  await desk.mistaken('#server', 'Zo staat een mailserver er', 'mail.school.example');
  await desk.open('/zuilen/nieuw?kring=ZWO-2025-03-25');
  await desk.page.type('#zuil', '99');
  await desk.press('button[value=zuil]');
  await desk.mistaken('#zuil', 'Er is geen zuil met dit nummer', '99');
}

/* What is settled is said, again too; a password is in no page. */
async function settleAll() {
  await desk.open('/instellingen');
  await desk.write('#server', 'smtps://127.0.0.1:1');
  await desk.write('#inlognaam', `org-${script}`); /* another each time */
  await desk.press('form:has(#server) button');
  await desk.says('Ook de opdrachten weten het nu.');
  await desk.page.type('#wachtwoord', 'zeer geheim');
  await desk.press('form:has(#wachtwoord) button');
  await desk.says('Het wachtwoord is bewaard, naast de sleutel.');
  if ((await desk.page.content()).includes('zeer geheim')) {
    desk.fail('a page holds the password');
  }
  await desk.page.type('#woord', 'Twente');
  await desk.page.select('#regio', 'Oost');
  await desk.press('form:has(#woord) button');
  await desk.says('lezen we voortaan als Oost');
  await desk.look('/settled');
  await desk.page.type('#naar', 'ria@school.example');
  await desk.press('button[value=proef]');
  await desk.settle();
  await desk.says('Dat lukte niet'); /* nobody said who writes */
  await desk.look('/trial');
}

/* A form is given, looked at, taken over and taken back. */
async function give() {
  await desk.give(form, 'aanmeldingen', 'ZWO-2025-03-25');
  await desk.says('lijkt van Leerkring Groningen'); /* it is */
  await desk.look('/asked');
  await desk.says('zijn van regio Oost'); /* why it is asked */
  await desk.page.click('input[name=kring-0][value=klopt]');
  await desk.press('button[value=lees]');
  await desk.settle();
  await desk.says('Er is nog niets veranderd');
  await desk.look('/draft');
  await desk.page.click('input[name=niet-0]');
  await desk.press('button[value=neem]'); /* that is another picture */
  await desk.settle();
  await desk.says('blijft eruit');
  await desk.look('/draft-without');
  await desk.press('button[value=neem]');
  await desk.settle();
  await desk.says('Overgenomen:');
  await desk.look('/taken');
  await desk.takeBack();
}

/* Drafts of mail, tickets, a kiosk's sheet: made beside the desk, and to be fetched. */
async function fetch() {
  await desk.open('/mail');
  await desk.page.click('input[value=eml]');
  await desk.press('button[value=mail]');
  await desk.settle();
  await desk.says('Zijn ze weg?');
  await desk.look('/drafts');
  await desk.open('/mail');
  await desk.look('/gone');
  await desk.press('button[value=niet-weg]');
  await desk.says('staan weer klaar');
  await desk.open('/zuilen/nieuw?kring=ZWO-2025-03-25');
  await desk.says('Zo wordt het blad');
  await desk.press('button[value=verzin]');
  const pin = await desk.page.$eval('#pin', (field) => field.value);
  await desk.press('button[value=zuil]');
  await desk.settle();
  await desk.says(`De pincode is ${pin}`);
  await desk.says('.pdf');
  await desk.look('/sheet');
  await desk.open('/zuilen');
  await desk.page.click('td details.acties summary');
  await desk.look('/kiosk-menu');
  await desk.press('td button[value=trek-in]');
  await desk.says('is verwijderd');
  await desk.open('/instellingen');
  await desk.press('button[value=reserve]');
  await desk.settle();
  await desk.says('Alleen deze zin opent de kopie');
  await desk.look('/backup');
}

/* The practice series: marked on its pages, and gone by a click. */
async function practice() {
  await desk.open('/instellingen');
  await desk.press('form[action="/oefenen"] button');
  await desk.says('Dit is de oefenreeks.');
  await desk.look('/practice');
  for (const address of ['/live', '/mail', '/verslag', '/']) {
    await desk.open(address);
    await desk.says('Dit is de oefenreeks.');
  }
  await desk.look('/practice-today');
  await desk.open('/zuilen/nieuw');
  await desk.says('Oefenkring');
  await desk.look('/practice-kiosk');
  await desk.press('button[value=weg]');
  await desk.says('De oefenreeks is weg.');
  await desk.open('/kringen');
  const left = await desk.page.$$eval('main', (m) => m[0].textContent.includes('Oefenkring'));
  if (left) desk.fail('circles of the practice series stand among the own');
}

async function walk() {
  await desk.enter(link);
  for (const language of ['nl', 'en']) {
    for (const address of pages) {
      await desk.open(address);
      await desk.look(`/${language}${address}`);
    }
    if (language === 'nl') {
      await change();
      await oneMore();
      await goElsewhere();
      await moveSeveral();
      await replace();
      await mistakes();
      await settleAll();
      await give();
      await fetch();
      await practice();
    }
    await desk.open('/');
    await desk.press('form[action="/taal"] button');
  }
  await desk.press('form[action="/uit"] button');
  const left = await desk.open('/');
  if (left.status() !== 403) desk.fail('who left is still in');
  await desk.look('/closed');
  await desk.page.goto(link);
  if (await desk.page.$('.nav')) desk.fail('the link works twice');
}

desk.walk(walk);
