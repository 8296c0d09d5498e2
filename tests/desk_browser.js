/* A headless Chromium at the organiser's desk, as the walks use it (tests/desk).
 * One browser, one page at a time; `script` is with or without, `pictures` a folder or
 * empty. */
'use strict';
const { spawn } = require('child_process');
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
    const click = this.page.click.bind(this.page);
    this.page.click = async (selector) => { /* no bar that stays in sight lies upon it */
      await this.page.$eval(selector, (e) => e.scrollIntoView({ block: 'center' }));
      await click(selector);
    };
  }

  /* The desk on a central database, opened at that moment; it prints its link. */
  async serve(bin, central, moment) {
    this.office = spawn(`${bin}/brugwachter-sync`,
      ['--central', central, '--clock', moment, 'desk', '--no-browser'],
      { stdio: ['ignore', 'pipe', 'inherit'] });
    const link = await new Promise((done, never) => {
      let said = '';
      this.office.stdout.on('data', (part) => {
        said += part;
        if (said.includes('\n')) done(said.split('\n')[0]);
      });
      this.office.on('exit', (status) => never(new Error(`the desk ended with ${status}`)));
    });
    await this.enter(link);
  }

  async shut() {
    this.office.removeAllListeners('exit');
    const gone = new Promise((done) => { this.office.on('exit', done); });
    this.office.kill();
    if (await gone !== 0) this.fail('the desk did not end well');
  }

  /* To the end of a walk, and of the process: 0 only where nothing was wrong. */
  async walk(steps) {
    try {
      await this.start();
      try {
        await steps();
      } finally {
        await this.browser.close();
        if (this.office) this.office.kill();
      }
      process.exit(this.wrong > 0 ? 1 : 0);
    } catch (error) {
      console.error(error);
      process.exit(1);
    }
  }

  expect(what, found, wanted) {
    if (JSON.stringify(found) !== JSON.stringify(wanted)) {
      this.fail(`${what}: ${JSON.stringify(found)}, not ${JSON.stringify(wanted)}`);
    }
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

  /* At a width in px, with what opens opened: nothing sticks out sideways, also not where
   * no scrolling leads. */
  async reflows(name, width) {
    const { page } = this;
    await page.setViewport({ width, height: 900 });
    const out = await page.evaluate(() => {
      const over = document.documentElement.scrollWidth - innerWidth;
      const menus = [...document.querySelectorAll('details.acties')];
      const beyond = menus.filter((menu) => {
        const was = menu.open;
        menu.open = true;
        const box = menu.lastElementChild.getBoundingClientRect();
        menu.open = was;
        return box.left < 0 || box.right > innerWidth;
      });
      const places = [...document.querySelectorAll('.nav li')]
        .map((place) => place.firstElementChild.getBoundingClientRect());
      const upon = places.some((box, i) => i > 0 && places[i - 1].right > box.left + 1 &&
        places[i - 1].bottom > box.top + 1);
      const held = [...document.querySelectorAll('.knop, .chip, .kies label, .bulk')]
        .filter((box) => box.scrollWidth > box.clientWidth + 1)
        .map((box) => box.innerText.slice(0, 40));
      return [over > 0 ? `the page sticks out by ${over} px` : '',
        beyond.length > 0 ? `${beyond.length} menus stick out` : '',
        held.length > 0 ? `words stick out of: ${held}` : '',
        upon ? 'the menu lies upon itself' : ''].filter(Boolean);
    });
    out.forEach((what) => this.fail(`${name}, ${width} px: ${what}`));
  }

  /* What axe has against the page as it stands. A page that came without script stays one:
   * what it didn't run while it came it never runs, and axe alone runs in it. */
  async broken() {
    const { page } = this;
    await page.setJavaScriptEnabled(true);
    /* what moves is at its end: colours on their way have no contrast yet */
    await page.evaluate(() => Promise.all(document.getAnimations().map((a) => a.finished)));
    const found = await page.evaluate(axe + `;axe.run().then((r) => r.violations.map(
      (v) => v.id + ': ' + v.nodes[0].html.slice(0, 150)))`);
    await page.setJavaScriptEnabled(this.script === 'with');
    return found;
  }

  /* In all widths (640 is 1280 at 200 %) it reflows; in both, axe has nothing against
   * it. */
  async look(name) {
    const { page } = this;
    for (const width of [640, 320]) await this.reflows(name, width);
    for (const width of [1440, 390]) {
      await this.reflows(name, width);
      (await this.broken()).forEach(
        (violation) => this.fail(`${name}, ${width} px: ${violation}`));
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

  /* Instead of what stands in a field, of one line or more. */
  async write(field, text) {
    await this.page.focus(field);
    await this.page.keyboard.down('Control');
    await this.page.keyboard.press('a');
    await this.page.keyboard.up('Control');
    await this.page.type(field, text);
  }

  /* What was typed wrong stands there, with what is wrong about it, and has the focus. */
  async mistaken(field, sentence, typed) {
    await this.says(sentence);
    await this.says('Er is niets veranderd');
    const found = await this.page.$eval(field, (input) => [input.value,
      document.activeElement === input, input.getAttribute('aria-invalid')]);
    if (JSON.stringify(found) !== JSON.stringify([typed, true, 'true'])) {
      this.fail(`${field} came back as ${found}`);
    }
    await this.look(`/mistake-${field.slice(1)}`);
  }

  /* What the page says was done is undone. */
  async takeBack() {
    await this.press('.flits button');
    await this.says('ongedaan gemaakt');
  }

  /* Gives a file: looked at, and not yet taken. */
  async give(file, kind, circle) {
    await this.open('/inlezen');
    await (await this.page.$('#f')).uploadFile(file);
    await this.page.select('#soort', kind);
    await this.page.select('#kring', circle);
    await this.press('.val button');
    await this.settle();
  }

  /* Until what was begun is over: a page that waits asks again by itself. */
  async settle() {
    while (await this.page.$('main section[role=status] form')) {
      await this.page.waitForNavigation();
    }
  }
}

module.exports = { Desk };
