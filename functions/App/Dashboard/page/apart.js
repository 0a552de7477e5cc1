// What is not ours to scale, by its owner. It is asked for only when somebody looks.
import { make, say, foreign, replace } from "./elements.js";
import { count } from "./text.js";
import { read } from "./live.js";

const mostShown = 100;

export function leftAloneList() {
  const summary = make("summary", {});
  const body = make("div", { class: "apart" });
  const element = make("details", { class: "left-alone", hidden: true, ontoggle: () => { if (element.open) show(); } }, summary, body);
  let shown = null;
  let total = -1;

  async function show() {
    const asked = total;
    try {
      const answer = await read("left-alone", new Map());
      shown = asked;
      replace(body, [...Map.groupBy(answer.resources, resource => ownerOf(resource))]
        .sort(([, one], [, other]) => other.length - one.length)
        .map(([owner, resources]) => group(owner, resources)),
      answer.total > answer.resources.length ? make("p", { class: "muted" }, `The first ${answer.resources.length} of ${answer.total}.`) : null);
    } catch {
      replace(body, make("p", { class: "muted" }, "The list could not be read; close and open it to ask again."));
    }
  }

  return {
    element,
    update(fleet) {
      total = fleet.leftAlone ?? 0;
      element.hidden = total === 0;
      say(summary, `${count(total, "resource")} left alone: somebody else sets the capacity`);
      if (element.open && shown !== total) show();
    },
  };
}

// Clusters of one kind belong together; each resource tells its own reason.
const kinds = { NativeAutoscale: "Azure autoscale", Platform: "Scaled by Azure itself", Denied: "Deny assignments" };
const ownerOf = ({ kind, owner }) => kinds[kind] ?? owner.replace(/ \S+$/u, "");

function group(owner, resources) {
  return make("details", {},
    make("summary", {}, foreign(owner), ` · ${count(resources.length, "resource")}, ${count(resources.reduce((sum, each) => sum + each.capacity, 0), "instance")}`),
    make("ul", {}, resources.slice(0, mostShown).map(each => make("li", {}, foreign(each.name, { class: "name", title: each.id }), " ", foreign(each.reason, { class: "sub" }))),
      resources.length > mostShown ? make("li", { class: "muted" }, `and ${resources.length - mostShown} more`) : null));
}
