"use strict";
// The report: which model's view of a text is shown, and the order and choice of the vocabulary's symbols.
document.addEventListener("change", event => {
  const tabs = event.target.closest("[data-tabs]");
  if (!tabs) return;
  const at = [...tabs.querySelectorAll("input")].indexOf(event.target);
  document.querySelectorAll(`[data-tab="${tabs.dataset.tabs}"]`).forEach((tab, i) => { tab.hidden = i !== at; });
});
document.addEventListener("click", event => {
  const button = event.target.closest("[data-sort]");
  if (!button) return;
  const table = button.closest("table");
  const head = button.closest("th");
  const falling = head.getAttribute("aria-sort") === "ascending" || (!head.hasAttribute("aria-sort") && button.dataset.sort === "count");
  for (const other of table.querySelectorAll("th[aria-sort]")) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", falling ? "descending" : "ascending");
  const key = row => Number(row.dataset[button.dataset.sort]);
  const body = table.tBodies[0];
  body.append(...[...body.rows].sort((a, b) => falling ? key(b) - key(a) : key(a) - key(b)));
});
document.addEventListener("input", event => {
  if (!event.target.matches(".filter")) return;
  const sought = event.target.value.trim();
  const table = event.target.closest(".controls").nextElementSibling;
  for (const row of table.querySelectorAll("tbody tr")) {
    const [symbol, code, name] = [...row.cells].map(cell => cell.textContent);
    row.hidden = sought !== "" && symbol !== sought && code.toLowerCase() !== sought.toLowerCase() && !(sought.length > 1 && name.includes(sought.toLowerCase()));
  }
});
