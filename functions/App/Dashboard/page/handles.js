// Pause, resume, the kill switch, undo and answers: each asks who and why, says what will happen, and tells who did it before.
import { make, say, foreign, announce } from "./elements.js";
import { clock, minute, near, visible } from "./text.js";
import { change, state, Problem } from "./live.js";

const nameKept = "my-name";
const spans = [["15", "15 minutes"], ["30", "30 minutes"], ["60", "1 hour"], ["120", "2 hours"], ["240", "4 hours"], ["720", "12 hours"], ["1440", "1 day"], ["", "Until somebody resumes it"]];

// It may have been done, or may be done yet: only the same key asks without doing it twice.
const isUnknown = failure => !(failure instanceof Problem) || failure.status >= 500 || failure.type === "urn:scalefunctions:call-under-way";

function open({ title, tells, reason, spansTo, choice, button, danger, path, done, then }) {
  // The same key for every try of this dialog: sending twice must not do it twice. What was refused has changed nothing, and may be
  // said otherwise; a call that came too often was not looked at.
  let idempotencyKey = crypto.randomUUID();
  const by = make("input", { name: "by", required: true, maxlength: "100", autocomplete: "name", value: localStorage.getItem(nameKept) ?? "" });
  const why = make("input", { name: "reason", required: true, maxlength: "400", autocomplete: "off", placeholder: reason });
  const minutes = spansTo && make("select", { name: "minutes", onchange: tellEnd }, spans.map(([value, word]) => make("option", { value, selected: value === "60" }, word)));
  const end = spansTo && make("p", { class: "sub" });
  const chosen = choice && make("input", { type: "checkbox", name: choice.name });
  const key = make("input", { name: "key", type: "password", autocomplete: "off" });
  const keyField = make("label", { class: "field", hidden: true }, make("span", {}, "Function key that may do this"), key);
  const wrong = make("p", { class: "wrong", role: "alert" });
  const go = make("button", { type: "submit", class: danger ? "danger" : "main" }, button);
  const form = make("form", { onsubmit: send },
    make("h2", { id: "dialog-title" }, title),
    tells.map(each => make("p", {}, each)),
    make("label", { class: "field" }, make("span", {}, "Your name"), by),
    make("label", { class: "field" }, make("span", {}, "Reason"), why),
    minutes && make("label", { class: "field" }, make("span", {}, "For how long"), minutes), end,
    choice && make("label", { class: "choice" }, chosen, make("span", {}, make("b", {}, choice.word), " ", choice.told)),
    keyField, wrong,
    make("div", { class: "buttons" }, make("button", { type: "button", onclick: () => dialog.close() }, "Cancel"), go));
  const dialog = make("dialog", { "aria-labelledby": "dialog-title", onclose: () => dialog.remove() }, form);
  document.body.append(dialog);
  tellEnd();
  dialog.showModal();
  (by.value ? why : by).focus();

  function tellEnd() {
    if (!end || !state.now) return;
    const until = minutes.value && new Date(state.now.getTime() + Number(minutes.value) * 60_000);
    say(end, until ? `Ends by itself at ${near(until, state.now)} UTC${state.fleet?.isSimulated ? " of the simulation" : ""}.` : "Nothing ends it but a person.");
  }

  async function send(event) {
    event.preventDefault();
    localStorage.setItem(nameKept, by.value);
    go.disabled = true;
    say(wrong, "");
    try {
      const call = { by: by.value, reason: why.value };
      if (minutes?.value) call.minutes = Number(minutes.value);
      if (chosen?.checked) call[choice.name] = true;
      const answer = await change(path, call, idempotencyKey, key.value);
      dialog.close();
      announce(done ?? answer.what);
      then?.();
    } catch (failure) {
      if (!isUnknown(failure) && failure.status !== 429) idempotencyKey = crypto.randomUUID();
      keyField.hidden = !(failure instanceof Problem && failure.status === 401);
      const told = failure instanceof Problem ? visible(failure.message) : "the app does not answer";
      say(wrong, isUnknown(failure) ? `Not known whether it is done: ${told}. Asking again with the same key is safe.` : `Not done: ${told}.`);
      go.disabled = false;
      (keyField.hidden ? go : key).focus();
    }
  }
}

const at = target => target.id.split("/").map(encodeURIComponent).join("/").replace(/^\//u, "");

export function openPause(target) {
  open({
    title: ["Pause ", foreign(target.name)],
    tells: ["Nothing is written to this target until the end. Deciding goes on, so you see what would be done. An action already sent to Azure is not taken back."],
    reason: "for example: load test, incident 4711", spansTo: true, button: "Pause", path: `pause/${at(target)}`,
  });
}

export function openResume(target) {
  open({
    title: ["Resume ", foreign(target.name)],
    tells: [
      target.pause && ["Paused by ", foreign(target.pause.by), ` since ${minute(new Date(target.pause.since))} UTC: `, foreign(target.pause.reason)],
      target.quarantine && ["In quarantine ", `since ${minute(new Date(target.quarantine.since))} UTC, after ${target.quarantine.actions.length} failed actions; the last one `, foreign(target.quarantine.why)],
      "The next tick may write again.",
    ].filter(Boolean).map(each => make("span", {}, each)),
    reason: "for example: test is over", button: "Resume", path: `resume/${at(target)}`,
  });
}

export function openKillSwitch(fleet) {
  if (fleet.killSwitch.isSet) {
    const { by, reason, at: since } = fleet.killSwitch;
    open({
      title: "Clear the kill switch",
      tells: [make("span", {}, "Set by ", foreign(by), since ? ` at ${near(new Date(since), state.now)} UTC: ` : ": ", foreign(reason)), "Writes begin again with the next tick, for every target that is not paused."],
      reason: "for example: incident 4711 is over", button: "Clear and write again", danger: true, path: "approvals/kill-switch/clear",
    });
    return;
  }
  open({
    title: "Stop all writes",
    tells: ["Sets the kill switch: from now on nothing is written to Azure, for any target, until somebody clears it. Deciding goes on.", "Capacity stays as it is. An action already sent to Azure is not taken back."],
    reason: "for example: incident 4711", button: "Stop all writes", danger: true, path: "kill-switch/set",
  });
}

export const heldSince = (killSwitch, now) => (killSwitch.at ? `since ${now ? near(new Date(killSwitch.at), now) : clock(new Date(killSwitch.at))} UTC` : "");

function returnOf(budget, step) {
  if (step.kind === "Notify") return "people were told, so nothing comes back";
  if (budget.mode !== "Act") return "the policy observes, so nothing was taken and nothing comes back";
  return step.kind === "FreezeScaleOut" ? "adding instances is allowed again" : "what it took comes back in parts";
}

export function openUndo(budget, step, then) {
  const isComing = step.phase === "Announced" || step.phase === "InGrace";
  open({
    title: [isComing ? "Withdraw " : "Undo ", foreign(step.name), " of ", foreign(budget.name)],
    tells: [
      isComing ? "The step does not come: it is withdrawn, and rests until the period of the budget ends."
        : `The step ends: ${returnOf(budget, step)}. It rests until the period of the budget ends.`,
      "What is spent beyond the amount is spent then; nothing else is undone.",
    ],
    reason: "for example: the release needs it", button: isComing ? "Withdraw" : "Undo", danger: true,
    path: `budgets/${encodeURIComponent(budget.name)}/undo/${encodeURIComponent(step.name)}`, then,
  });
}

export function openAnswer(approval, isApproval, then) {
  open({
    title: [isApproval ? "Approve " : "Deny ", foreign(approval.id)],
    tells: [
      make("span", {}, foreign(approval.requestedBy), " asks for: ", foreign(approval.what)),
      isApproval ? "It is answered once. Whoever asks for it does not approve it." : "It is answered once; nothing is done then. What is still wanted is asked for anew.",
    ],
    choice: isApproval && { name: "breakGlass", word: "Break the glass:", told: "approve it although it is my own request. That is marked in the journal and alerted." },
    reason: isApproval ? "for example: agreed with the team" : "for example: not before the release",
    button: isApproval ? "Approve" : "Deny", danger: !isApproval, path: `approvals/${encodeURIComponent(approval.id)}/${isApproval ? "approve" : "deny"}`,
    done: `${approval.id} is ${isApproval ? "approved" : "denied"}`, then,
  });
}
