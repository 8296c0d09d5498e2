/* What two kiosks saw that doesn't fit together is settled at the desk, and taken back:
 * see tests/desk, which makes the day. One came in at both, and somebody without a ticket
 * is called the same.
 *   node desk_settle.js LINK with|without [PICTURES] */
'use strict';
const { Desk } = require('./desk_browser.js');

const [link, script, pictures] = process.argv.slice(2);
const desk = new Desk(script, pictures);

async function settle() {
  await desk.open('/uitzoeken');
  await desk.says('Eén ticket, twee keer binnen');
  await desk.says('Eén mens, op twee plekken');
  await desk.says('aanwezig blijft');
  await desk.says('aanwezig wordt');
  await desk.look('/conflicts');
  await desk.page.type('main form input[name=waarom]', 'gebeld met de locatie');
  await desk.press('main form button.vol');
  await desk.says('Dat klopt zo.');
  await desk.says('“gebeld met de locatie”');
  await desk.look('/conflict-settled');
  await desk.takeBack();
  await desk.says('Eén ticket, twee keer binnen');
  await desk.open('/uitzoeken?blad=2');
  await desk.says('Dit is Carlijn Ouwehand');
  await desk.press('main form button.vol');
  await desk.says('is Carlijn Ouwehand.');
  await desk.look('/walk-in-settled');
  await desk.takeBack();
}

/* Whatever is answered is noted, and taken back. */
async function otherwise() {
  const choices = 'main form fieldset.kies input[type=radio]';
  await desk.open('/uitzoeken');
  const count = (await desk.page.$$(choices)).length;
  if (count < 3) desk.fail(`${count} answers to choose from`);
  for (let i = 0; i < count; i++) {
    await desk.open('/uitzoeken');
    await (await desk.page.$$(choices))[i].click();
    await desk.press('main form button.vol');
    await desk.says('Vastgelegd');
    if (i === count - 1) await desk.look('/conflict-unknown');
    await desk.takeBack();
  }
}

/* Enter in a field presses none of the buttons. */
async function enter() {
  await desk.open('/uitzoeken');
  await desk.page.type('main form input[name=waarom]', 'x');
  await desk.page.keyboard.press('Enter');
  await desk.open('/uitzoeken');
  await desk.says('Eén ticket, twee keer binnen');
}

/* How somebody wrote a school is given its school of the list, and taken back. */
async function schools() {
  const field = '#schoolnaam', school = '#school';
  await desk.open('/instellingen');
  await desk.page.click('section[aria-labelledby="h-sn"] summary');
  await desk.says('Schoolnamen die niet op de lijst staan');
  await desk.look('/schools');
  await desk.page.type(field, 'De Brug bij het water');
  await desk.page.type(school, 'Nergens');
  await desk.press('section[aria-labelledby="h-sn"] form.stapel button');
  await desk.look('/school-wrong');
  await desk.write(school, 'OBS De Brug, Haren');
  await desk.press('section[aria-labelledby="h-sn"] form.stapel button');
  await desk.says('is voortaan');
  await desk.takeBack();
}

desk.walk(async () => {
  await desk.enter(link);
  await settle();
  await otherwise();
  await enter();
  await schools();
  await desk.press('form[action="/taal"] button');
  await desk.open('/uitzoeken');
  await desk.says('One ticket, in twice');
  await desk.look('/en/conflicts');
  await desk.press('form[action="/taal"] button');
});
