// A table of which only the rows in view exist: a thousand targets cost as much as thirty.
import { make } from "./elements.js";

const spare = 8;

export class WindowedRows {
  #body;
  #columns;
  #create;
  #key;
  #rows = [];
  #made = new Map();
  #above;
  #below;
  #shown = "";
  #redraw = () => this.#draw();

  constructor(body, columns, key, create) {
    this.#body = body;
    this.#columns = columns;
    this.#key = key;
    this.#create = create;
    this.#above = this.#spacer();
    this.#below = this.#spacer();
    body.append(this.#above, this.#below);
    addEventListener("scroll", this.#redraw, { passive: true });
    addEventListener("resize", this.#redraw, { passive: true });
  }

  close() {
    removeEventListener("scroll", this.#redraw);
    removeEventListener("resize", this.#redraw);
  }

  show(rows) {
    this.#rows = rows;
    this.#shown = "";
    this.#draw();
  }

  #spacer() {
    return make("tr", { "aria-hidden": "true", class: "spacer" }, make("td", { colspan: this.#columns }));
  }

  #draw() {
    const height = parseFloat(getComputedStyle(this.#body).getPropertyValue("--row")) || 56;
    const top = -this.#body.getBoundingClientRect().top;
    const first = Math.max(0, Math.min(this.#rows.length, Math.floor(top / height) - spare));
    const last = Math.min(this.#rows.length, Math.ceil((top + innerHeight) / height) + spare);
    const range = `${first} ${last} ${height}`;
    if (range === this.#shown) return;
    this.#shown = range;
    this.#above.firstChild.style.height = `${first * height}px`;
    this.#below.firstChild.style.height = `${(this.#rows.length - last) * height}px`;

    const wanted = this.#rows.slice(first, last);
    const keys = new Set(wanted.map(this.#key));
    for (const [key, made] of this.#made) {
      if (!keys.has(key)) {
        made.element.remove();
        this.#made.delete(key);
      }
    }
    let place = this.#above;
    wanted.forEach((row, index) => {
      const key = this.#key(row);
      let made = this.#made.get(key);
      if (!made) this.#made.set(key, made = this.#create(row));
      made.update(row);
      // The header is row 1.
      made.element.setAttribute("aria-rowindex", first + index + 2);
      // Moving an element takes its focus away, so only what is out of place is moved.
      if (place.nextSibling !== made.element) place.after(made.element);
      place = made.element;
    });
  }
}
