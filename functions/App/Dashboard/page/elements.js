// The only way this page makes elements: text is always text, never markup.
import { visible } from "./text.js";

const svgNames = new Set(["svg", "g", "rect", "line", "path", "circle", "text", "title", "polygon"]);

export function make(name, attributes, ...children) {
  const element = svgNames.has(name)
    ? document.createElementNS("http://www.w3.org/2000/svg", name)
    : document.createElement(name);
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (value == null || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  for (const child of children.flat(Infinity)) {
    if (child != null && child !== false) element.append(child instanceof Node ? child : String(child));
  }
  return element;
}

// Foreign text, kept apart from the direction of what surrounds it.
export const foreign = (text, attributes) => make("bdi", attributes, visible(text));

export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export function mark(element, name, value) {
  if (value == null || value === false) element.removeAttribute(name);
  else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value);
}

export const replace = (parent, ...children) => parent.replaceChildren(...children.flat(Infinity).filter(child => child != null && child !== false));

export function timeElement(date, text) {
  return make("time", { datetime: date.toISOString() }, text);
}

const polite = () => document.getElementById("said");

export function announce(text, kind = "good") {
  const toast = make("p", { class: `toast ${kind}` }, visible(text));
  polite().append(toast);
  setTimeout(() => toast.remove(), 8000);
}
