// Values as people read them. Times are UTC, as in the journal and on the command line.

const two = number => String(number).padStart(2, "0");

// Names, reasons and tags come from many hands. What would reorder, hide or break a line is shown as what it is.
const unseen = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;

export const visible = text =>
  String(text ?? "").replace(unseen, letter => `⟨${letter.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`);

export const day = time => `${time.getUTCFullYear()}-${two(time.getUTCMonth() + 1)}-${two(time.getUTCDate())}`;
export const clock = time => `${two(time.getUTCHours())}:${two(time.getUTCMinutes())}`;
export const minute = time => `${day(time)} ${clock(time)}`;

// The day only when it is another one.
export const near = (time, now) => (day(time) === day(now) ? clock(time) : minute(time));

export function span(milliseconds) {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60 ? `${minutes % 60} min` : ""}`.trim() : `${Math.round(hours / 24)} days`;
}

export const number = value => (value == null ? "–" : Math.abs(value) < 1000 ? String(Math.round(value * 10) / 10) : String(Math.round(value)));

export const count = (many, one, more = `${one}s`) => `${many} ${many === 1 ? one : more}`;

export const lastPart = id => id.slice(id.lastIndexOf("/") + 1);

export function placeOf(id) {
  const parts = id.split("/");
  return { subscription: parts[2] ?? "", group: parts[4] ?? "", type: parts.slice(6, 8).join("/") };
}

const words = {
  intentOpened: "Action", intentSent: "Sent", intentAccepted: "Accepted", intentUnknown: "No answer", intentEnded: "Ended",
  checkEnded: "Check", rollOutEnded: "Size", offHours: "Off-hours", snooze: "Snooze", refusal: "Refused", quarantine: "Quarantine", foreignOperation: "Foreign", anchor: "Anchor", spans: "Decisions", drift: "Drift", pause: "Pause", override: "Override", killSwitch: "Kill switch", approval: "Approval", policies: "Policies", inventory: "Inventory", spend: "Spend",
};

export const kindWord = kind => words[kind[0].toLowerCase() + kind.slice(1)] ?? kind;
