// Runs before anything is painted, so that a chosen theme does not flash. Not a module: those wait for the page.
(() => {
  const chosen = localStorage.getItem("theme");
  if (chosen === "light" || chosen === "dark") {
    document.documentElement.dataset.theme = chosen;
  }
})();
