"use strict";
// Light or dark: as the system says, until the button is pressed. Runs before the page is drawn, so that it never flashes.
const theme = (() => {
  const root = document.documentElement;
  const key = "lstm-theme";
  // A browser may forbid storage to files; the choice then lasts as long as the page.
  const stored = () => { try { return localStorage.getItem(key); } catch { return null; } };
  const store = value => { try { localStorage.setItem(key, value); } catch { /* see above */ } };
  const system = matchMedia("(prefers-color-scheme: dark)");
  const current = () => root.dataset.theme ?? (system.matches ? "dark" : "light");
  const listeners = [];
  const changed = () => listeners.forEach(listener => listener());
  const saved = stored();
  if (saved === "light" || saved === "dark") root.dataset.theme = saved;
  system.addEventListener("change", changed);
  const toggle = () => {
    root.dataset.theme = current() === "dark" ? "light" : "dark";
    store(root.dataset.theme);
    changed();
  };
  document.addEventListener("click", event => { if (event.target.closest("#theme")) toggle(); });
  return {
    toggle,
    onChange: listener => listeners.push(listener),
    // What a variable of the style sheet stands for now, as a canvas can use it.
    colour: name => {
      const probe = document.createElement("i");
      probe.style.color = `var(${name})`;
      document.body.append(probe);
      const colour = getComputedStyle(probe).color;
      probe.remove();
      return colour;
    },
  };
})();
