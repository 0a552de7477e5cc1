// Judges recorded exchanges by the official descriptions of Azure's APIs, with oav's live validator. What is found is either
// explained, with a reason, in explained.json, or an error; an explanation that no longer explains anything is one as well.
//
//   node judge.mjs FOLDER      judges the exchanges in FOLDER
//   node judge.mjs --broken    judges broken.json, of which each exchange has to be found
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const { LiveValidator } = createRequire(join(here, "../"))("oav/dist/lib/liveValidation/liveValidator.js");

/** The folder of the descriptions, beside the repository or above it. */
function findSpecs() {
  for (let folder = here; folder !== dirname(folder); folder = dirname(folder)) {
    const specs = join(folder, "shared/specs/specification");
    if (existsSync(specs)) {
      return specs;
    }
  }
}

/** The files that describe operations; the others hold what these refer to. */
function descriptions(directory) {
  return readdirSync(directory, { recursive: true })
    .filter(name => name.endsWith(".json") && !name.includes("/examples/"))
    .map(name => join(directory, name))
    .filter(file => Object.keys(JSON.parse(readFileSync(file, "utf8")).paths ?? {}).length > 0);
}

async function load(directory) {
  const [files, failures] = [descriptions(directory), []];
  const options = {
    directory,
    swaggerPaths: [...files],
    git: { shouldClone: false },
    isArmCall: true,
    loadValidatorInBackground: false,
  };
  // A description that cannot be read would otherwise be left out without a word.
  const validator = new LiveValidator(options, message => message.startsWith("Unable to initialize") && failures.push(message));
  await validator.initialize();
  if (failures.length > 0 || files.length === 0) {
    throw new Error(`${files.length} descriptions\n${failures.join("\n")}`);
  }
  return validator;
}

/** Ids and numbers are left out, so that the same finding reads the same in each run. */
const plain = text => text.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, "#").replace(/(?<![\w.-])[0-9]+(?![\w.-])/g, "#");

/** The live validator finds an operation by its version; the Log Analytics API has it in its path instead of the query. */
function addressOf(url) {
  const address = new URL(url);
  if (address.host === "api.loganalytics.io") {
    address.searchParams.set("api-version", "2022-10-27");
  }
  return address.href;
}

async function judge(validator, exchange) {
  const { liveRequest, liveResponse } = structuredClone(exchange);
  liveRequest.url = addressOf(liveRequest.url);
  liveRequest.body ??= undefined;
  const url = new URL(liveRequest.url);
  const about = {
    source: exchange.source,
    method: liveRequest.method,
    url: decodeURIComponent(url.host + url.pathname),
    version: url.searchParams.get("api-version") ?? "",
    status: liveResponse?.statusCode ?? "",
  };
  const request = await validator.validateLiveRequest(structuredClone(liveRequest));
  if (request.runtimeException) {
    const { code, message } = request.runtimeException;
    return [{ ...about, operation: "", side: "exchange", code, path: "", message: message.split(/ with requestUrl|\n/)[0] }];
  }
  const found = issues("request", request);
  if (liveResponse) {
    liveResponse.body ??= undefined;
    found.push(...issues("response", await validator.validateLiveResponse(liveResponse, { url: liveRequest.url, method: liveRequest.method })));
  }
  return found;

  function issues(side, result) {
    const all = result.runtimeException ? [...result.errors, { code: result.runtimeException.code, message: result.runtimeException.message }] : result.errors;
    return all.map(({ code, message, pathsInPayload }) => ({
      ...about, operation: request.operationInfo.operationId, side, code, path: plain((pathsInPayload ?? []).join(" ")), message,
    }));
  }
}

const fields = ["source", "operation", "method", "url", "version", "status", "side", "code", "path", "message"];

/** Each field of an explanation is a regular expression for the whole of that field of a finding. */
function explanations() {
  const list = JSON.parse(readFileSync(join(here, "explained.json"), "utf8"));
  return list.map(each => {
    const unknown = Object.keys(each).filter(name => name !== "reason" && !fields.includes(name));
    if (unknown.length > 0 || typeof each.reason !== "string" || each.reason.length < 20 || Object.keys(each).length < 2) {
      throw new Error(`explained.json: ${JSON.stringify(each)}: expected a reason and some of ${fields.join(", ")}`);
    }
    const patterns = fields.filter(name => name in each).map(name => [name, new RegExp(`^(?:${each[name]})$`, "i")]);
    return { reason: each.reason, text: JSON.stringify(each), used: 0, matches: finding => patterns.every(([name, pattern]) => pattern.test(finding[name])) };
  });
}

function read(folder) {
  const lines = readdirSync(folder).filter(name => name.endsWith(".jsonl")).sort()
    .flatMap(name => readFileSync(join(folder, name), "utf8").split("\n").filter(line => line.length > 0));
  return [...new Set(lines)].map(line => JSON.parse(line));
}

/** Tells what is wrong and not explained. */
async function judgeAll(validator, exchanges, known, tell) {
  const unexplained = new Map();
  let explained = 0;
  for (const exchange of exchanges) {
    for (const finding of await judge(validator, exchange)) {
      const why = known.find(each => each.matches(finding));
      if (why) {
        why.used++;
        explained++;
      } else {
        const key = JSON.stringify(fields.filter(name => name !== "url").map(name => finding[name]));
        unexplained.set(key, { finding, exchange, times: (unexplained.get(key)?.times ?? 0) + 1 });
      }
    }
  }

  for (const { finding, exchange, times } of unexplained.values()) {
    tell(`\n${finding.source}: ${finding.operation || "no operation"}, ${finding.side}, ${finding.code} ${finding.path}, ${times} times`);
    tell(`  ${finding.message}`);
    tell(`  ${finding.method} ${exchange.liveRequest.url} -> ${finding.status}`);
    tell(`  ${JSON.stringify((finding.side === "request" ? exchange.liveRequest : exchange.liveResponse)?.body ?? null).slice(0, 500)}`);
  }

  const idle = known.filter(each => each.used === 0);
  for (const each of idle) {
    tell(`\nThis explains nothing any more; take it out of explained.json: ${each.text}`);
  }
  return { errors: unexplained.size + idle.length, explained };
}

async function judgeRecorded(validator, folder) {
  const exchanges = read(folder);
  const { errors, explained } = await judgeAll(validator, exchanges, explanations(), console.log);
  console.log(`\n${exchanges.length} exchanges, ${errors} unexplained errors (${explained} findings are explained)`);
  return exchanges.length > 0 && errors === 0;
}

/** The judge on trial: each broken exchange is seen for what it is, counts as an error, and an idle explanation counts, too. */
async function judgeBroken(validator) {
  const broken = JSON.parse(readFileSync(join(here, "broken.json"), "utf8"));
  let missed = 0;
  for (const { why, expected, ...exchange } of broken) {
    const found = (await judge(validator, { source: "broken", ...exchange })).map(finding => `${finding.side} ${finding.code} ${finding.path}`.trim());
    const idle = { used: 0, text: "", matches: () => false };
    const { errors } = await judgeAll(validator, [{ source: "broken", ...exchange }], [idle], () => {});
    if (JSON.stringify(found) !== JSON.stringify(expected) || errors !== expected.length + 1) {
      missed++;
      console.log(`${why}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)} and ${errors} errors`);
    }
  }
  console.log(`${broken.length - missed} of ${broken.length} broken exchanges are seen for what they are`);
  return broken.length > 0 && missed === 0;
}

const specs = findSpecs();
if (!specs) {
  console.log("Not judged: the official API descriptions are not in ../shared/specs.");
  process.exit(0);
}
const validator = await load(specs);
process.exit(await (process.argv[2] === "--broken" ? judgeBroken(validator) : judgeRecorded(validator, process.argv[2])) ? 0 : 1);
