"use strict";
// The neuron viewer: which unit is shown, how, and in what order the others are listed. There may be several in a page.
(() => {
  const LEVELS = 8;
  const NONE = -128;
  const bytes = text => new Int8Array(Uint8Array.from(atob(text), c => c.charCodeAt(0)).buffer);
  const make = (tag, className, text) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  };
  const draw = (tag, attributes, text) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    if (text !== undefined) element.textContent = text;
    return element;
  };
  const signed = number => (number < 0 ? "\u2212" : "+") + Math.abs(number).toFixed(2);
  const plain = number => (number < 0 ? "\u2212" : "") + Math.abs(number).toFixed(2);

  /** The data of a page's script, decoded where it is first asked for. */
  class Model {
    constructor(data) {
      Object.assign(this, data);
      this.size = this.text.length;
      this.cache = new Map();
    }
    decoded(key, text) {
      if (!this.cache.has(key)) this.cache.set(key, bytes(text));
      return this.cache.get(key);
    }
    /** The bytes of a unit, one for each character. Units are numbered through all layers. */
    trace(unit, kind) {
      const layer = this.layerOf(unit);
      const all = this.decoded(`v${layer},${kind}`, this.values[layer][kind]);
      const at = (unit % this.units) * this.size;
      return all.subarray(at, at + this.size);
    }
    layerOf(unit) { return Math.floor(unit / this.units); }
    nameOf(unit) { return `${this.layerOf(unit) + 1}:${unit % this.units + 1}`; }
    /** The correlation of a unit with a feature; NaN where there is none. */
    r(unit, kind, feature) {
      const byte = this.decoded(`r${kind},${feature}`, this.correlations[kind][feature])[unit];
      return byte === NONE ? NaN : byte / this.one;
    }
    /** All features that a unit follows, the closest first. */
    followed(unit, kind) {
      return this.features.map((feature, i) => ({ feature: i, r: this.r(unit, kind, i) }))
        .filter(one => !Number.isNaN(one.r)).sort((a, b) => Math.abs(b.r) - Math.abs(a.r));
    }
    variation(unit, kind) {
      const trace = this.trace(unit, kind);
      let sum = 0, squares = 0;
      for (const byte of trace) { sum += byte; squares += byte * byte; }
      const mean = sum / trace.length;
      return Math.sqrt(Math.max(0, squares / trace.length - mean * mean)) / this.one;
    }
  }

  class Viewer {
    constructor(root, model) {
      this.root = root;
      this.model = model;
      this.find = selector => root.querySelector(selector);
      this.layer = -1; // all
      this.kind = 0;
      this.makeControls();
      this.makeText();
      this.makePlots();
      this.listen();
      this.list();
    }

    makeControls() {
      const layers = this.find(".layer");
      const names = ["all", ...Array.from({ length: this.model.layers }, (_, l) => String(l + 1))];
      names.forEach((name, i) => layers.append(this.radio("layer", i - 1, name, i === 0)));
      const kinds = this.find(".kind");
      this.model.kinds.forEach((kind, i) => kinds.append(this.radio("kind", i, kind.label + (kind.gate ? " gate" : ""), i === 0)));
      const order = this.find(".order");
      const options = [["closest", "what they follow most"], ["number", "number"], ["variation", "how much they vary"]];
      this.model.features.forEach((feature, i) => options.push([String(i), feature.label]));
      for (const [value, text] of options) {
        const option = make("option", "", text);
        option.value = value;
        order.append(option);
      }
    }

    radio(name, value, text, checked) {
      const label = make("label");
      const input = make("input");
      Object.assign(input, { type: "radio", name: `${this.root.dataset.source}-${name}`, value, checked });
      label.append(input, text);
      return label;
    }

    makeText() {
      const text = this.find(".painted");
      this.characters = this.model.text.map(symbol => {
        const character = make("i", "", symbol === "\n" ? "\u21b5\n" : symbol);
        text.append(character);
        return character;
      });
      this.characters.forEach((character, i) => { character.at = i; });
      text.tipOf = character => {
        const value = this.trace[character.at] / this.model.one;
        const symbol = this.model.text[character.at];
        return `${symbol === "\n" ? "newline" : symbol === " " ? "blank" : symbol}   ${plain(value)}   character ${character.at + 1}`;
      };
    }

    /** A scatter plot for every gate. */
    makePlots() {
      this.dots = [];
      if (!this.model.saturation.length) {
        this.find(".gates").hidden = true;
        return;
      }
      const layers = this.find(".layers");
      for (let l = 0; l < this.model.layers; l++) {
        const key = make("span", "", "");
        key.append(make("span", `swatch slot${l % 8 + 1}`), `layer ${l + 1}`);
        layers.append(key);
      }
      for (const gate of this.model.saturation) this.find(".plots").append(this.plot(gate));
    }

    plot(gate) {
      const size = 240, left = 44, top = 8;
      const svg = draw("svg", { viewBox: `0 0 ${size + left + 10} ${size + top + 34}`, role: "img", "aria-label": `${gate.gate} gates: share of the time left-saturated across, right-saturated upwards` });
      svg.append(draw("rect", { x: left, y: top, width: size, height: size, class: "frame" }));
      svg.append(draw("line", { x1: left, y1: top, x2: left + size, y2: top + size, class: "limit" }));
      for (const tick of [0, 0.5, 1]) {
        svg.append(draw("text", { x: left + tick * size, y: top + size + 14, "text-anchor": "middle" }, tick));
        svg.append(draw("text", { x: left - 5, y: top + size - tick * size + 4, "text-anchor": "end" }, tick));
      }
      svg.append(draw("text", { x: left + size / 2, y: top + size + 29, "text-anchor": "middle" }, "left-saturated"));
      svg.append(draw("text", { x: 10, y: top + size / 2, "text-anchor": "middle", transform: `rotate(-90 10 ${top + size / 2})` }, "right-saturated"));
      for (let l = 0; l < this.model.layers; l++) {
        const shut = bytes(gate.left[l]), open = bytes(gate.right[l]);
        for (let u = 0; u < this.model.units; u++) {
          const unit = l * this.model.units + u;
          const x = shut[u] / this.model.one, y = open[u] / this.model.one;
          const dot = draw("circle", {
            cx: (left + x * size).toFixed(1), cy: (top + size - y * size).toFixed(1), r: 4, class: `dot slot${l % 8 + 1}`,
            "data-tip": `${this.model.nameOf(unit)}  left ${Math.round(100 * x)}%, right ${Math.round(100 * y)}%`,
          });
          dot.unit = unit;
          dot.gate = gate.gate;
          (this.dots[unit] ??= []).push(dot);
          svg.append(dot);
        }
      }
      const figure = make("figure");
      figure.append(svg, make("figcaption", "", `${gate.gate} gate`));
      return figure;
    }

    listen() {
      this.find(".layer").addEventListener("change", event => { this.layer = Number(event.target.value); this.list(); });
      this.find(".kind").addEventListener("change", event => { this.kind = Number(event.target.value); this.list(); });
      this.find(".own").addEventListener("change", () => this.paint());
      this.find(".order").addEventListener("change", () => this.list(true));
      this.find(".search").addEventListener("input", () => this.list());
      const list = this.find(".list");
      list.addEventListener("click", event => {
        const item = event.target.closest("li");
        if (item) this.choose(item.unit);
      });
      list.addEventListener("keydown", event => {
        const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity }[event.key];
        if (step === undefined) return;
        event.preventDefault();
        this.move(step);
      });
      this.find(".plots").addEventListener("click", event => {
        const dot = event.target.closest(".dot");
        if (!dot) return;
        this.kind = this.model.kinds.findIndex(kind => kind.label === dot.gate);
        this.layer = -1;
        this.find(".search").value = "";
        this.list();
        this.choose(dot.unit);
      });
    }

    /** Lists the units that are asked for, and keeps the chosen one, where it is among them. */
    list(first = false) {
      this.check("layer", this.layer + 1);
      this.check("kind", this.kind);
      const sought = this.find(".search").value.trim().toLowerCase();
      const rows = this.ranked(this.find(".order").value).filter(row =>
        (this.layer < 0 || this.model.layerOf(row.unit) === this.layer)
        && (!sought || this.model.nameOf(row.unit).startsWith(sought) || row.what.toLowerCase().includes(sought)));
      this.shown = rows.map(row => row.unit);
      this.find(".list").replaceChildren(...rows.map((row, i) => this.row(row, i)));
      this.find(".count").textContent = `${rows.length} of ${this.model.layers * this.model.units} units`;
      this.choose(!first && this.shown.includes(this.chosen) ? this.chosen : this.shown[0] ?? this.chosen);
    }

    check(name, index) {
      this.find(`.${name}`).querySelectorAll("input")[index].checked = true;
    }

    ranked(order) {
      const model = this.model;
      const units = Array.from({ length: model.layers * model.units }, (_, unit) => unit);
      const label = one => (one ? model.features[one.feature].label : "");
      if (order === "variation") {
        return units.map(unit => ({ unit, what: "varies by", value: model.variation(unit, this.kind) })).sort((a, b) => b.value - a.value);
      }
      if (order === "number" || order === "closest") {
        const rows = units.map(unit => {
          const best = model.followed(unit, this.kind)[0];
          return { unit, what: label(best), value: best ? best.r : 0 };
        });
        return order === "number" ? rows : rows.sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
      }
      const feature = Number(order);
      return units.map(unit => ({ unit, what: model.features[feature].label, value: model.r(unit, this.kind, feature) || 0 }))
        .sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
    }

    row(row, i) {
      const item = make("li");
      item.id = `${this.root.dataset.source}-unit-${row.unit}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.unit = row.unit;
      const svg = draw("svg", { viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" });
      svg.append(draw("rect", { width: Math.min(100, 100 * Math.abs(row.value)), height: 10, class: row.value < 0 ? "bar negative" : "bar" }));
      item.append(make("b", "", this.model.nameOf(row.unit)), make("span", "", row.what), make("span", "", signed(row.value)), svg);
      return item;
    }

    move(step) {
      if (!this.shown.length) return;
      const at = Math.max(0, this.shown.indexOf(this.chosen));
      this.choose(this.shown[Math.max(0, Math.min(this.shown.length - 1, at + step))]);
    }

    choose(unit) {
      const list = this.find(".list");
      list.querySelector('[aria-selected="true"]')?.setAttribute("aria-selected", "false");
      const item = document.getElementById(`${this.root.dataset.source}-unit-${unit}`);
      if (item) {
        item.setAttribute("aria-selected", "true");
        list.setAttribute("aria-activedescendant", item.id);
        // Not scrollIntoView, which would move the page too.
        if (item.offsetTop < list.scrollTop + list.offsetTop) list.scrollTop = item.offsetTop - list.offsetTop;
        const below = item.offsetTop + item.offsetHeight - list.offsetTop - list.clientHeight;
        if (below > list.scrollTop) list.scrollTop = below;
      }
      for (const dot of this.dots[this.chosen] ?? []) dot.classList.remove("chosen");
      this.chosen = unit;
      for (const dot of this.dots[unit] ?? []) {
        dot.classList.add("chosen");
        dot.parentNode.append(dot); // on top of the others
      }
      this.paint();
    }

    paint() {
      const model = this.model, kind = model.kinds[this.kind];
      this.trace = model.trace(this.chosen, this.kind);
      let least = kind.gate ? 0 : -model.one, most = model.one;
      if (this.find(".own").checked) {
        least = Infinity;
        most = -Infinity;
        for (const byte of this.trace) { least = Math.min(least, byte); most = Math.max(most, byte); }
      }
      const middle = (least + most) / 2, half = Math.max(1, (most - least) / 2);
      this.characters.forEach((character, i) => {
        const level = Math.round((this.trace[i] - middle) / half * LEVELS);
        const here = character.classList.contains("here") ? " here" : "";
        character.className = (level > 0 ? `p${level}` : level < 0 ? `n${-level}` : "") + here;
      });
      this.find(".least").textContent = plain(least / model.one);
      this.find(".most").textContent = plain(most / model.one);
      this.find(".title").textContent = `Unit ${model.nameOf(this.chosen)}, ${kind.label}${kind.gate ? " gate" : ""}`;
      const followed = model.followed(this.chosen, this.kind).slice(0, 3);
      this.find(".follows").textContent = followed.length
        ? "Follows " + followed.map(one => `${model.features[one.feature].description} (r ${signed(one.r)})`).join(", ")
        : "Follows none of the features.";
    }

    /** What a key does, anywhere in the page but where one types. */
    press(key) {
      const order = this.find(".order");
      const actions = {
        n: () => this.move(1),
        p: () => this.move(-1),
        l: () => { this.layer = this.layer + 1 === this.model.layers ? -1 : this.layer + 1; this.list(); },
        k: () => { this.kind = (this.kind + 1) % this.model.kinds.length; this.list(); },
        o: () => { order.selectedIndex = (order.selectedIndex + 1) % order.length; this.list(true); },
        "/": () => this.find(".search").focus(),
      };
      if (actions[key]) actions[key]();
      return key in actions;
    }
  }

  const viewers = [...document.querySelectorAll(".viewer")].map(root =>
    new Viewer(root, new Model(JSON.parse(document.getElementById(root.dataset.source).textContent))));
  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input:not([type=radio]):not([type=checkbox]), select, textarea")) return;
    // Of several viewers, the one that can be seen.
    const viewer = viewers.find(one => one.root.offsetParent !== null);
    if (viewer?.press(event.key)) event.preventDefault();
  });
})();
