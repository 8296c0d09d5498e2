/* What an organiser does at the desk, by a real browser: see tests/desk.
 *   node desk_walk.js LINK with|without FORM [PICTURES] */
'use strict';
const fs = require('fs');
const puppeteer = require('puppeteer-core');

const [link, script, form, pictures] = process.argv.slice(2);
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const pages = ['/', '/kringen?zoek=noord&sorteer=naam', '/kring/GRO-2025-03-18',
  '/kring/GRO-2025-03-18?lijst=wacht', '/kring/ZWO-2025-03-25/wijzig', '/mensen?q=de',
  '/inlezen', '/zuilen/nieuw?kring=ZWO-2025-03-25', '/instellingen', '/live', '/mail', '/zuilen', '/uitzoeken', '/verslag', '/geschiedenis', '/toetsen'];
const patience = 5 * 60 * 1000; /* ms: a busy machine may take its time */
let page, base, wrong = 0;

function fail(sentence) {
  console.error('desk: ' + sentence);
  wrong++;
}

/* In both widths: nothing sticks out sideways, and axe has nothing against it. */
async function look(name) {
  for (const width of [1440, 390]) {
    await page.setViewport({ width, height: 900 });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (over > 0) fail(`${name} is ${over} px wider than ${width}`);
    if (script === 'with') {
      /* what moves is at its end: colours on their way have no contrast yet */
      await page.evaluate(() => Promise.all(document.getAnimations().map((a) => a.finished)));
      const found = await page.evaluate(axe + `;axe.run().then((r) => r.violations.map(
        (v) => v.id + ': ' + v.nodes[0].html.slice(0, 150)))`);
      found.forEach((violation) => fail(`${name}, ${width} px: ${violation}`));
    }
    if (pictures) {
      await page.screenshot({ fullPage: true,
        path: `${pictures}/${script}-${width}${name.replace(/\W+/g, '-')}.png` });
    }
  }
  await page.setViewport({ width: 1440, height: 900 });
}

async function press(selector) {
  await Promise.all([page.waitForNavigation(), page.click(selector)]);
}

async function says(text) {
  const body = await page.evaluate(() => document.body.innerText);
  if (!body.includes(text)) fail(`${page.url()} doesn't say "${text}"`);
}

/* Two are cancelled, a place goes to who waits, and that is taken back. */
async function change() {
  await page.goto(base + '/kring/GRO-2025-03-18');
  const boxes = await page.$$('tbody input[type=checkbox]');
  await boxes[0].click();
  await boxes[1].click();
  await press('button[value=afmelden]');
  await says('Er is nog niets veranderd');
  await look('/deed');
  await press('button.zon');
  await says('2 mensen zijn afgemeld.');
  await look('/done');
  await press('.vrij button.zon');
  await press('button.zon');
  await says('heeft een plek.');
  await press('.flits button');
  await says('is ongedaan gemaakt');
  await page.goto(base + '/kring/ZWO-2025-03-25/wijzig');
  await page.click('#plaats', { clickCount: 3 });
  await page.type('#plaats', 'De Nieuwe Kolk');
  await press('button.vol');
  await says('De Nieuwe Kolk');
  await look('/move');
  await press('button.zon');
  await press('.flits button');
}

/* Until what was begun is over: a page that waits asks again by itself. */
async function settle() {
  while (await page.$('main section[role=status] form')) await page.waitForNavigation();
}

/* A form is given, looked at, taken over and taken back. */
async function give() {
  await page.goto(base + '/inlezen');
  await (await page.$('#f')).uploadFile(form);
  await page.select('#kring', 'ZWO-2025-03-25');
  await press('.val button');
  await settle();
  await says('Is dit het formulier van deze kring?'); /* it is Groningen's */
  await look('/asked');
  await page.select('select[name=kring-0]', 'klopt');
  await press('button[value=lees]');
  await settle();
  await says('Er is nog niets veranderd');
  await look('/draft');
  await press('button[value=neem]');
  await settle();
  await says('Overgenomen:');
  await look('/taken');
  await press('.flits button');
  await says('ongedaan gemaakt');
}

/* Drafts of mail, tickets, a kiosk's sheet: made beside the desk, and to be fetched. */
async function fetch() {
  await page.goto(base + '/mail');
  await press('button[value=eml]');
  await settle();
  await says('Zijn ze weg?');
  await look('/drafts');
  await press('form[action="/mail"] button');
  await says('staan weer klaar');
  await page.goto(base + '/zuilen/nieuw?kring=ZWO-2025-03-25');
  await press('button[value=zuil]');
  await settle();
  await says('De pincode is');
  await says('.pdf');
  await look('/sheet');
  await page.goto(base + '/zuilen');
  await page.click('td details.acties summary');
  await look('/kiosk-menu');
  await press('button[value=trek-in]');
  await says('is ingetrokken');
  await page.goto(base + '/instellingen');
  await press('button[value=reserve]');
  await settle();
  await says('Alleen deze zin opent de kopie');
  await look('/backup');
}

async function walk() {
  await page.goto(link);
  await page.waitForFunction(() => location.pathname === '/');
  base = new URL(link).origin;
  if (page.url().includes('sleutel')) fail('the key stays in the address');
  for (const language of ['nl', 'en']) {
    for (const address of pages) {
      await page.goto(base + address);
      await look(`/${language}${address}`);
    }
    if (language === 'nl') {
      await change();
      await give();
      await fetch();
    }
    await page.goto(base + '/');
    await press('form[action="/taal"] button');
  }
  await press('form[action="/uit"] button');
  const left = await page.goto(base + '/');
  if (left.status() !== 403) fail('who left is still in');
  await page.goto(link);
  if (await page.$('.nav')) fail('the link works twice');
}

(async () => {
  const browser = await puppeteer.launch({ executablePath: '/usr/bin/chromium',
    headless: true, timeout: patience, protocolTimeout: patience,
    args: ['--no-sandbox', '--disable-gpu'] });
  page = await browser.newPage();
  page.setDefaultTimeout(patience);
  page.on('pageerror', (error) => fail(`the script failed: ${error.message}`));
  page.on('console', (line) => {
    if (/Content Security Policy/.test(line.text())) fail(line.text());
  });
  await page.setJavaScriptEnabled(script === 'with');
  try {
    await walk();
  } finally {
    await browser.close();
  }
  process.exit(wrong > 0 ? 1 : 0);
})().catch((error) => { console.error(error); process.exit(1); });
