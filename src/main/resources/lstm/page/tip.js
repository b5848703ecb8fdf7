"use strict";
// The bubble that tells of a character, or of anything else that has data-tip: for a pointer, a finger, or the arrow keys.
const tip = (() => {
  const bubble = document.createElement("div");
  bubble.id = "tip";
  bubble.setAttribute("role", "status");
  bubble.hidden = true;
  document.body.append(bubble);

  const hide = () => { bubble.hidden = true; };
  const show = (element, text) => {
    bubble.textContent = text;
    bubble.hidden = false;
    const at = element.getBoundingClientRect();
    const size = bubble.getBoundingClientRect();
    const width = document.documentElement.clientWidth;
    const left = Math.max(4, Math.min(at.left + at.width / 2 - size.width / 2, width - size.width - 4));
    const above = at.top - size.height - 6;
    bubble.style.left = `${left + scrollX}px`;
    bubble.style.top = `${(above < 4 ? at.bottom + 6 : above) + scrollY}px`;
  };

  // A painted text tells of its characters itself where it has a function for that, and else by their data-tip.
  const text = element => {
    const host = element.closest(".painted");
    return host?.tipOf ? host.tipOf(element) : host ? `${element.textContent}  ${element.dataset.tip}` : element.dataset.tip;
  };
  const point = event => {
    const element = event.target.closest?.("[data-tip], .painted i");
    if (element) show(element, text(element));
    else hide();
  };
  for (const type of ["pointerover", "click"]) document.addEventListener(type, point);

  // A painted text has the focus as a whole, and one character of it is "here".
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 20, ArrowUp: -20, Home: -Infinity, End: Infinity };
  document.addEventListener("keydown", event => {
    if (event.key === "Escape") hide();
    const host = event.target.closest?.(".painted");
    if (!host || !(event.key in step) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const characters = host.getElementsByTagName("i");
    if (!characters.length) return;
    const from = host.here ?? -1;
    const to = Math.max(0, Math.min(characters.length - 1, from + step[event.key]));
    characters[from]?.classList.remove("here");
    host.here = to;
    const element = characters[to];
    element.classList.add("here");
    element.scrollIntoView({ block: "nearest" });
    show(element, text(element));
  });
  document.addEventListener("focusout", event => {
    event.target.querySelector?.(".here")?.classList.remove("here");
    hide();
  });
  return { show, hide };
})();
