// Checks pages as a reader's browser shows them: axe at WCAG 2.2 AA with and without JavaScript, closed
// tables opened, on a desk and on a telephone; that no request leaves the page; and that the HTML is valid.
// Ends non-zero on any violation.
//
//   node check.mjs CHROMIUM PAGE...

import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(resolve(process.cwd(), "package.json"));
const puppeteer = require("puppeteer-core");
const { HtmlValidate, FileSystemConfigLoader } = require("html-validate");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const [chromium, ...pages] = process.argv.slice(2);
let violations = 0;

function complain(page, what) {
  violations += 1;
  console.error(`${page}: ${what}`);
}

async function look(page, file, width, script) {
  const how = `${script}, ${width} px`;
  const address = pathToFileURL(resolve(file)).href;
  const tab = await browser.newPage();
  await tab.setBypassCSP(true);
  await tab.setViewport({ width, height: 900 });
  tab.on("request", (request) => {
    const url = request.url();
    if (url.split("#")[0] !== address && !url.startsWith("data:")) complain(page, `asks for ${url} (${how})`);
  });
  tab.on("console", (message) => complain(page, `console: ${message.text()} (${how})`));
  tab.on("pageerror", (error) => complain(page, `${error} (${how})`));
  await tab.goto(address, { waitUntil: "load" });
  await tab.evaluate(() => document.querySelectorAll("details").forEach((it) => { it.open = true; }));
  const overflow = await tab.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (overflow > 0) complain(page, `is ${overflow} px wider than the window (${how})`);
  await tab.evaluate(axe);
  const found = await tab.evaluate(
    (tags) => window.axe.run(document, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] }),
    STANDARD,
  );
  for (const { id, help, nodes } of found.violations) {
    complain(page, `${id}: ${help} (${how}, ${nodes.length} places)\n    ${nodes[0].html.slice(0, 300)}`);
  }
  console.log(`${page}: axe ${how}: ${found.violations.length} violations, ${found.passes.length} rules passed`);
  await tab.close();
}

const browser = await puppeteer.launch({
  executablePath: chromium,
  headless: true,
  // A busy machine takes its time for a long page.
  protocolTimeout: 900_000,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
});
const folder = mkdtempSync(join(tmpdir(), "accessibility-"));
for (const [number, page] of pages.entries()) {
  // axe is itself a script: a page without JavaScript is one whose own script is taken out.
  const without = join(folder, `${number}.html`);
  writeFileSync(without, readFileSync(page, "utf8").replace(/<script>[^]*<\/script>/, ""));
  await look(page, page, 320, "with JavaScript");
  await look(page, page, 1280, "with JavaScript");
  await look(page, without, 1280, "without JavaScript");
}
await browser.close();

const configuration = JSON.parse(readFileSync(new URL("htmlvalidate.json", import.meta.url), "utf8"));
const validator = new HtmlValidate(new FileSystemConfigLoader(configuration));
for (const page of pages) {
  const report = await validator.validateString(readFileSync(page, "utf8"), page);
  for (const { messages } of report.results) {
    for (const { ruleId, message, line, column } of messages.slice(0, 20)) {
      complain(page, `${ruleId}: ${message} (line ${line}, column ${column})`);
    }
  }
  console.log(`${page}: html-validate: ${report.errorCount + report.warningCount} findings`);
}
process.exit(violations === 0 ? 0 : 1);
