// A result of a backtest that somebody opens from disk. Whoever wrote it is not known: only what has the shape that is drawn is taken.
const largest = 16 * 1024 * 1024;
const mostRows = 20;
const mostSteps = 10_000;
const mostTexts = 500;
const longestText = 600;

const numbers = ["instanceHours", "costOverOracle", "minutesShort", "shortPercent", "shortagePercent", "surplusPercent", "instabilityPercent", "actionsPerDay", "reversalsPerDay"];

class Wrong extends Error {}

const must = (is, what) => {
  if (!is) throw new Wrong(what);
};

const text = (value, where) => {
  must(typeof value === "string", `${where} is no text`);
  return value.slice(0, longestText);
};

const finite = (value, where) => {
  must(typeof value === "number" && Number.isFinite(value), `${where} is no number`);
  return value;
};

const time = (value, where) => {
  const at = new Date(text(value, where));
  must(!Number.isNaN(at.getTime()), `${where} is no time`);
  return at.toISOString();
};

const list = (value, most, where) => {
  must(Array.isArray(value), `${where} is no list`);
  must(value.length <= most, `${where} has more than ${most} entries`);
  return value;
};

const object = (value, where) => {
  must(value !== null && typeof value === "object" && !Array.isArray(value), `${where} is no object`);
  return value;
};

const column = (value, length, where, mayMiss = false) => {
  must(list(value, mostSteps, where).length === length, `${where} has another length than 'needed'`);
  return value.map((each, index) => (mayMiss && each === null ? null : finite(each, `${where}[${index}]`)));
};

function courseOf(value) {
  const course = object(value, "course");
  const { length } = list(course.needed, mostSteps, "course.needed");
  const stepMinutes = finite(course.stepMinutes, "course.stepMinutes");
  must(stepMinutes >= 1 && stepMinutes <= 1440, "course.stepMinutes is not 1 to 1440");
  return {
    from: time(course.from, "course.from"), stepMinutes,
    ...Object.fromEntries(["needed", "serving", "billed", "short"].map(name => [name, column(course[name], length, `course.${name}`)])),
    asItWas: course.asItWas == null ? null : column(course.asItWas, length, "course.asItWas"),
    predicted: course.predicted == null ? null : column(course.predicted, length, "course.predicted", true),
  };
}

// The result with nothing in it but what the view draws.
export function backtestOf(value) {
  const of = object(value, "it");
  must(Array.isArray(of.rows) && of.rows.length > 0, "it has no 'rows': make it with 'backtest --format json'");
  return {
    workload: text(of.workload, "workload"), trace: text(of.trace ?? "", "trace"), policyVersion: text(of.policyVersion ?? "", "policyVersion"),
    from: time(of.from, "from"), to: time(of.to, "to"),
    warmUpMinutes: finite(of.warmUpMinutes ?? 0, "warmUpMinutes"), bootMinutes: finite(of.bootMinutes ?? 0, "bootMinutes"), meanInstances: finite(of.meanInstances ?? 0, "meanInstances"),
    cappedMinutes: finite(of.cappedMinutes ?? 0, "cappedMinutes"), currency: text(of.currency ?? "", "currency"),
    pricePerHour: of.pricePerHour == null ? null : finite(of.pricePerHour, "pricePerHour"),
    rows: list(of.rows, mostRows, "rows").map((row, index) => ({
      policy: text(object(row, `rows[${index}]`).policy, `rows[${index}].policy`),
      ...Object.fromEntries(numbers.map(name => [name, finite(row[name], `rows[${index}].${name}`)])),
      cost: row.cost == null ? null : finite(row.cost, `rows[${index}].cost`),
    })),
    held: list(of.held ?? [], mostTexts, "held").map((each, index) => ({ guard: text(object(each, `held[${index}]`).guard, `held[${index}].guard`), minutes: finite(each.minutes, `held[${index}].minutes`) })),
    signals: list(of.signals ?? [], mostTexts, "signals").map((each, index) => ({
      name: text(object(each, `signals[${index}]`).name, `signals[${index}].name`), shows: text(each.shows, `signals[${index}].shows`), why: text(each.why ?? "", `signals[${index}].why`),
    })),
    notes: list(of.notes ?? [], mostTexts, "notes").map((each, index) => text(each, `notes[${index}]`)),
    course: of.course == null ? null : courseOf(of.course),
    changes: list(of.changes ?? [], mostTexts, "changes").map((each, index) => ({
      at: time(object(each, `changes[${index}]`).at, `changes[${index}].at`), from: finite(each.from, `changes[${index}].from`), to: finite(each.to, `changes[${index}].to`), why: text(each.why, `changes[${index}].why`),
    })),
    changeCount: finite(of.changeCount ?? 0, "changeCount"),
  };
}

// The result that a file holds, or why it holds none.
export async function readBacktest(file) {
  if (file.size > largest) return { why: `it is larger than ${largest / 1024 / 1024} MiB` };
  let value;
  try {
    value = JSON.parse(await file.text());
  } catch {
    return { why: "it is no JSON; make it with 'backtest --format json'" };
  }
  try {
    return { result: backtestOf(value) };
  } catch (wrong) {
    if (!(wrong instanceof Wrong)) throw wrong;
    return { why: wrong.message };
  }
}
