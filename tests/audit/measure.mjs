/**
 * Look at pages as `make audit` asks for them on standard input, and write what was seen of
 * each, one line of JSON per page. What is good enough is not decided here: see verdict.py.
 */

import { readFileSync } from "node:fs";
import axe from "axe-core";
import { HtmlValidate, StaticConfigLoader } from "html-validate";
import { navigation } from "lighthouse";
import puppeteer from "puppeteer-core";

const TRIES = 3;
const PATIENCE = 60_000; // milliseconds that a page may take on a busy machine
const FORM = "main form[method=post]";

const validator = new HtmlValidate(
  new StaticConfigLoader({
    root: true,
    // What the HTML standard and WCAG say, and none of the validator's rules of style.
    extends: ["html-validate:standard", "html-validate:document", "html-validate:a11y"],
    rules: {
      // Styles and scripts come from the site itself, under names made from their content.
      "require-sri": "off",
    },
  }),
);

// Rules with a best practice behind them are on by default; the size of targets (WCAG 2.5.8)
// is not.
const AXE = { resultTypes: ["violations"], rules: { "target-size": { enabled: true } } };
const WIDTHS = [320, 1280];
const SCHEMES = ["light", "dark"];

const CHROMIUM_ARGUMENTS = [
  "--no-sandbox", // a container gives it no rights to make one
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // Whatever else the browser or a page may think of: this machine is all there is.
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

/** Send the page's form, as its button does. */
function send(page) {
  return page.$eval(FORM, (form) => form.requestSubmit());
}

async function fillIn(page, answers) {
  for (const [name, value] of Object.entries(answers)) {
    await page.locator(`${FORM} [name=${name}]`).fill(value);
  }
}

/** Open a page in the state asked for; give the response that shows it. */
async function arrive(page, address, answers) {
  const opened = await page.goto(address);
  if (!answers) return opened;
  await fillIn(page, answers);
  const [shown] = await Promise.all([page.waitForNavigation(), send(page)]);
  return shown;
}

async function htmlErrors(response) {
  const report = await validator.validateString(await response.text());
  return report.results.flatMap((result) =>
    result.messages.map(({ ruleId, message, line }) => `${ruleId}, line ${line}: ${message}`),
  );
}

/** Run axe at every width and in both colour schemes; name each fault once. */
async function axeViolations(page) {
  await page.evaluate(axe.source);
  const found = new Map();
  for (const scheme of SCHEMES) {
    await page.emulateMediaFeatures([
      { name: "prefers-color-scheme", value: scheme },
      { name: "prefers-reduced-motion", value: "reduce" }, // no colour half way to another
    ]);
    for (const width of WIDTHS) {
      await page.setViewport({ width, height: 800 });
      const { violations } = await page.evaluate((options) => window.axe.run(options), AXE);
      for (const { id, help, nodes } of violations) {
        for (const { target } of nodes) {
          const fault = `${id} at ${target.join(" ")}: ${help}`;
          if (!found.has(fault)) found.set(fault, `${width} px, ${scheme}`);
        }
      }
    }
  }
  return [...found].map(([fault, where]) => `${fault} (first seen at ${where})`);
}

function isLacking({ score, scoreDisplayMode }) {
  return scoreDisplayMode === "error" || (score ?? 1) < 1;
}

function shortfalls(result) {
  const lacking = Object.values(result.categories).flatMap((category) =>
    category.auditRefs
      .filter(({ id, weight }) => weight > 0 && isLacking(result.audits[id]))
      .map(({ id }) => [category.id, id]),
  );
  return lacking.map(([category, id]) => {
    const { title, displayValue } = result.audits[id];
    return { category, text: `${id}: ${title}${displayValue ? ` (${displayValue})` : ""}` };
  });
}

/** Run Lighthouse's mobile preset once. */
async function runLighthouse(context, page, requestor) {
  const { lhr } = await navigation(page, requestor, {
    flags: {
      onlyCategories: Object.keys(context.job.scores),
      skipAudits: context.plan.skipped_audits,
      ignoreStatusCode: true, // a page that says "not found" is a page, too
      disableFullPageScreenshot: true,
      logLevel: "error",
    },
  });
  if (lhr.runtimeError) throw new Error(`Lighthouse: ${lhr.runtimeError.message}`);
  const scores = Object.values(lhr.categories).map(({ id, score }) => [id, (score ?? 0) * 100]);
  return {
    scores: Object.fromEntries(scores),
    shortfalls: shortfalls(lhr),
    requests: lhr.audits["network-requests"].details.items.map(
      ({ url, resourceType, mimeType, transferSize }) => ({
        url,
        kind: resourceType ?? "",
        mime: mimeType ?? "",
        bytes: transferSize ?? 0,
      }),
    ),
  };
}

/** Bring the page to where Lighthouse begins; give what leads to what it measures. */
async function prepare(page, { address, answers }) {
  if (!answers) return address;
  // Like its visitor, the browser has the page's styles already.
  await page.goto(address);
  await fillIn(page, answers);
  return () => send(page);
}

/** Run Lighthouse, and again while a busy machine may be why it failed or found the page slow. */
async function bestLighthouse(context, page, start) {
  let best;
  let failure;
  for (let tries = 0; tries < TRIES; tries += 1) {
    try {
      const result = await runLighthouse(context, page, await prepare(page, start));
      if (!best || result.scores.performance > best.scores.performance) best = result;
      if (best.scores.performance >= context.job.scores.performance) break;
    } catch (error) {
      failure = error;
    }
  }
  if (!best) throw failure;
  return best;
}

/** Open an empty tab. */
async function openPage(profile) {
  const page = await profile.newPage();
  page.setDefaultTimeout(PATIENCE);
  return page;
}

/** Measure one page, or one state of it. */
async function look(browser, job, plan) {
  // A profile of its own for each page: no cookie and no stored file of the one before.
  const profile = await browser.createBrowserContext();
  try {
    const page = await openPage(profile);
    const response = await arrive(page, job.site + plan.path, plan.answers);
    const seen = {
      status: response.status(),
      is_reached: !plan.holds || (await page.$(plan.holds)) !== null,
      html: await htmlErrors(response),
      axe: await axeViolations(page),
    };
    // An answer that led to another address is measured there, as any page.
    const isAnswer = response.request().method() === "POST";
    const start = isAnswer
      ? { address: job.site + plan.path, answers: plan.answers }
      : { address: page.url() };
    await page.close();
    const measured = await bestLighthouse({ job, plan }, await openPage(profile), start);
    return { ...seen, ...measured };
  } finally {
    await profile.close();
  }
}

process.once("SIGTERM", () => process.exit(1));

const job = JSON.parse(readFileSync(0, "utf8"));
const browser = await puppeteer.launch({
  executablePath: job.chromium,
  args: CHROMIUM_ARGUMENTS,
  pipe: true, // however this program ends, the browser notices and ends, too
  handleSIGTERM: false,
});
try {
  for (const plan of job.pages) {
    process.stdout.write(`${JSON.stringify(await look(browser, job, plan))}\n`);
  }
} finally {
  await browser.close();
}
