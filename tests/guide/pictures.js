/* Pages of the desk as pictures, in both languages: see tests/guide/pictures.
 *   node pictures.js LINK FOLDER NAME… */
'use strict';
const fs = require('fs');
const puppeteer = require('puppeteer-core');

const [link, folder, ...names] = process.argv.slice(2);
const pages = {
  today: '/',
  settings: '/instellingen',
  import: '/inlezen',
  mail: '/mail',
  circle: '/kring/GRO-2025-03-18',
  'kiosk-new': '/zuilen/nieuw?kring=GRO-2025-03-18',
  kiosks: '/zuilen',
  live: '/live',
  report: '/verslag',
};
const patience = 5 * 60 * 1000; /* ms: a busy machine may take its time */

async function take(page, base) {
  for (const language of ['nl', 'en']) {
    fs.mkdirSync(`${folder}/${language}`, { recursive: true });
    for (const name of names) {
      await page.goto(base + pages[name]);
      await page.evaluate(() => Promise.all(document.getAnimations().map((a) => a.finished)));
      await page.screenshot({ path: `${folder}/${language}/${name}.png` });
    }
    await page.goto(base + '/');
    await Promise.all([page.waitForNavigation(),
      page.click('form[action="/taal"] button')]);
  }
}

(async () => {
  const browser = await puppeteer.launch({ executablePath: '/usr/bin/chromium',
    headless: true, timeout: patience, protocolTimeout: patience,
    args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(patience);
    await page.setViewport({ width: 1200, height: 760 });
    await page.goto(link);
    await page.waitForFunction(() => location.pathname === '/');
    await take(page, new URL(link).origin);
  } finally {
    await browser.close();
  }
})().catch((error) => { console.error(error); process.exit(1); });
