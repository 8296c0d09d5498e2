/* A headless Chromium at the organiser's desk, as desk_walk.js and desk_season.js use it.
 * One browser, one page at a time; `script` is with or without, `pictures` a folder or
 * empty. */
'use strict';
const fs = require('fs');
const puppeteer = require('puppeteer-core');

const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const patience = 5 * 60 * 1000; /* ms: a busy machine may take its time */

class Desk {
  constructor(script, pictures) {
    this.script = script;
    this.pictures = pictures;
    this.wrong = 0;
  }

  fail(sentence) {
    console.error('desk: ' + sentence);
    this.wrong++;
  }

  async start() {
    this.browser = await puppeteer.launch({ executablePath: '/usr/bin/chromium',
      headless: true, timeout: patience, protocolTimeout: patience,
      args: ['--no-sandbox', '--disable-gpu'] });
    this.page = await this.browser.newPage();
    this.page.setDefaultTimeout(patience);
    this.page.on('pageerror',
      (error) => this.fail(`the script failed: ${error.message}`));
    this.page.on('console', (line) => {
      if (/Content Security Policy/.test(line.text())) this.fail(line.text());
    });
    await this.page.setJavaScriptEnabled(this.script === 'with');
  }

  /* In by the one-time link, which doesn't stay in the address. */
  async enter(link) {
    await this.page.goto(link);
    await this.page.waitForFunction(() => !location.pathname.startsWith('/binnen'));
    this.base = new URL(link).origin;
    if (this.page.url().includes('sleutel')) this.fail('the key stays in the address');
  }

  open(address) {
    return this.page.goto(this.base + address);
  }

  /* In both widths: nothing sticks out sideways, and axe has nothing against it. */
  async look(name) {
    const { page } = this;
    for (const width of [1440, 390]) {
      await page.setViewport({ width, height: 900 });
      const over = await page.evaluate(
        () => document.documentElement.scrollWidth - innerWidth);
      if (over > 0) this.fail(`${name} is ${over} px wider than ${width}`);
      if (this.script === 'with') {
        /* what moves is at its end: colours on their way have no contrast yet */
        await page.evaluate(
          () => Promise.all(document.getAnimations().map((a) => a.finished)));
        const found = await page.evaluate(axe + `;axe.run().then((r) => r.violations.map(
          (v) => v.id + ': ' + v.nodes[0].html.slice(0, 150)))`);
        found.forEach((violation) => this.fail(`${name}, ${width} px: ${violation}`));
      }
      if (this.pictures) {
        const file = `${this.script}-${width}${name.replace(/\W+/g, '-')}.png`;
        await page.screenshot({ fullPage: true, path: `${this.pictures}/${file}` });
      }
    }
    await page.setViewport({ width: 1440, height: 900 });
  }

  async press(selector) {
    await Promise.all([this.page.waitForNavigation(), this.page.click(selector)]);
  }

  text() {
    return this.page.evaluate(() => document.body.innerText);
  }

  async says(words) {
    if (!(await this.text()).includes(words)) {
      this.fail(`${this.page.url()} doesn't say "${words}"`);
    }
  }

  /* Until what was begun is over: a page that waits asks again by itself. */
  async settle() {
    while (await this.page.$('main section[role=status] form')) {
      await this.page.waitForNavigation();
    }
  }
}

module.exports = { Desk };
