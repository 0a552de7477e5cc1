// A spreadsheet takes a cell that begins with one of these for a formula; an apostrophe makes it text.
const formula = /^[\s]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/u;

export const cell = value => {
  const text = String(value ?? "");
  return `"${(formula.test(text) ? `'${text}` : text).replaceAll("\"", "\"\"")}"`;
};

export const csv = (heads, rows) => `\uFEFF${[heads, ...rows].map(row => row.map(cell).join(",")).join("\r\n")}\r\n`;

export function save(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
