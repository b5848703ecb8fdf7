"use strict";
// The charts of a report: courses of trainings and the reach of gradients, drawn by uPlot on a canvas.
(() => {
  const data = JSON.parse(document.getElementById("charts").textContent);
  const LN2 = Math.log(2);
  const short = value => value == null ? "" : Math.abs(value) >= 1e6 ? `${+(value / 1e6).toPrecision(4)}M`
    : Math.abs(value) >= 1e4 ? `${+(value / 1e3).toPrecision(4)}k` : String(+value.toPrecision(4));
  const exact = value => value == null ? "\u2013" : Math.abs(value) >= 1e-3 && Math.abs(value) < 1e7 ? String(+value.toPrecision(5)) : value.toExponential(2);
  const faded = colour => colour.replace(/^rgb\((.*)\)$/, "rgba($1, 0.4)");

  /** A bubble that tells all values where the pointer is. */
  const tooltip = (xLabel, values) => {
    let bubble;
    return {
      hooks: {
        init: chart => {
          bubble = document.createElement("div");
          bubble.className = "chart-tip";
          bubble.hidden = true;
          chart.over.append(bubble);
        },
        setCursor: chart => {
          const at = chart.cursor.idx;
          const lines = at == null ? [] : chart.series.slice(1)
            .map((series, i) => ({ series, value: series.show ? values(chart, i + 1, at) : null }))
            .filter(one => one.value != null).map(one => `${one.series.label}  ${exact(one.value)}`);
          bubble.hidden = lines.length === 0 || chart.cursor.left < 0;
          if (bubble.hidden) return;
          bubble.replaceChildren(...[`${short(chart.data[0][at])} ${xLabel}`, ...lines].map(line => Object.assign(document.createElement("div"), { textContent: line })));
          const right = chart.cursor.left + 14 + bubble.offsetWidth > chart.over.clientWidth;
          bubble.style.left = `${right ? Math.max(0, chart.cursor.left - 14 - bubble.offsetWidth) : chart.cursor.left + 14}px`;
          bubble.style.top = `${Math.max(0, Math.min(chart.cursor.top, chart.over.clientHeight - bubble.offsetHeight))}px`;
        },
      },
    };
  };

  /** The value of a series at or before an index: courses have their points at steps of their own. */
  const atOrBefore = (chart, series, at) => {
    const values = chart.data[series];
    for (let i = at; i >= 0; i--) if (values[i] != null) return values[i];
    return null;
  };

  // Powers of ten, which are drawn by their exponents: uPlot's own logarithmic scale ends at 1e-16, and gradients do not.
  const powers = { incrs: [1, 2, 5, 10, 20, 50], values: (_, ticks) => ticks.map(tick => `1e${tick}`) };

  const axis = (label, size) => ({
    label, size, stroke: () => theme.colour("--faint"), labelSize: 20, font: "12px system-ui", labelFont: "12px system-ui",
    grid: { stroke: () => theme.colour("--rule"), width: 1 }, ticks: { stroke: () => theme.colour("--rule"), width: 1 },
    values: (_, ticks) => ticks.map(tick => tick == null ? "" : tick !== 0 && Math.abs(tick) < 1e-3 ? tick.toExponential(0) : short(tick)),
  });

  /** A chart in a place of the page, which follows the place's width. */
  class Chart {
    constructor(place) {
      this.place = place;
      this.chart = null;
      new ResizeObserver(() => this.chart?.setSize(this.size())).observe(place);
      theme.onChange(() => this.chart?.redraw(false));
    }
    size() {
      return { width: Math.max(200, this.place.clientWidth), height: innerWidth < 640 ? 260 : 360 };
    }
    show(columns, series, options) {
      this.chart?.destroy();
      this.chart = new uPlot({
        ...this.size(), legend: { live: false }, cursor: { drag: { x: true, y: false }, points: { size: 6 } },
        scales: { x: { time: false } },
        axes: [axis(options.x, 42), { ...axis(options.y, 62), ...(options.powers ? powers : {}) }],
        series: [{ label: options.x }, ...series],
        plugins: [tooltip(options.x, options.value)],
      }, columns, this.place);
      this.all = [columns[0][0], columns[0][columns[0].length - 1]];
      // For tests and for whoever reads the page by script.
      this.place.dataset.from = this.all[0];
      this.place.dataset.to = this.all[1];
      this.chart.hooks.setScale = [(chart, key) => {
        if (key !== "x") return;
        this.place.dataset.from = chart.scales.x.min;
        this.place.dataset.to = chart.scales.x.max;
      }];
    }
    zoom(how) {
      if (!this.chart) return;
      const { min, max } = this.chart.scales.x;
      const [first, last] = this.all;
      const width = max - min, middle = (min + max) / 2;
      const half = { in: width / 4, out: width, left: width / 2, right: width / 2 }[how];
      const centre = middle + ({ left: -width / 2, right: width / 2 }[how] ?? 0);
      if (how === "all" || 2 * half >= last - first) {
        this.chart.setScale("x", { min: first, max: last });
        return;
      }
      const from = Math.max(first, Math.min(last - 2 * half, centre - half));
      this.chart.setScale("x", { min: from, max: from + 2 * half });
    }
  }

  const buttons = (attribute, chart) => document.addEventListener("click", event => {
    const button = event.target.closest(`[data-${attribute}]`);
    if (button) chart.zoom(button.dataset[attribute]);
  });

  const colour = slot => () => theme.colour(`--run${slot}`);
  const pale = slot => () => faded(theme.colour(`--run${slot}`));

  const curvePlace = document.getElementById("curve-chart");
  if (curvePlace) {
    const runs = data.runs.filter(run => run.course);
    const chart = new Chart(curvePlace);
    const what = document.getElementById("curve-what"), over = document.getElementById("curve-over"), unit = document.getElementById("curve-unit");
    const known = key => runs.some(run => run.course[key].some(value => value != null));
    for (const select of [what, over]) {
      for (const option of select.options) option.disabled = option.value !== "loss" && !known(option.value);
    }
    const draw = () => {
      const loss = what.value === "loss";
      unit.disabled = !loss;
      const factor = loss && unit.value === "bpc" ? 1 / LN2 : 1;
      const columns = [], series = [];
      const name = (run, part) => runs.length > 1 ? `${run.name}, ${part}` : part;
      for (const run of runs) {
        const x = run.course[over.value];
        const add = (key, options) => {
          const points = x.map((at, i) => [at, run.course[key][i]]).filter(([at, value]) => at != null && value != null);
          if (!points.length) return;
          columns.push([points.map(point => point[0]), points.map(point => point[1] * factor)]);
          series.push({ spanGaps: true, points: { show: points.length < 40 }, ...options });
        };
        if (loss) {
          add("train", { label: name(run, "training"), stroke: pale(run.slot), width: 1.2 });
          add("val", { label: name(run, "validation"), stroke: colour(run.slot), width: 2.2 });
        } else {
          add(what.value, { label: name(run, what.selectedOptions[0].text), stroke: colour(run.slot), width: 1.6 });
        }
      }
      if (loss && data.baseline && columns.length) {
        const ends = columns.flatMap(([x]) => [x[0], x[x.length - 1]]);
        columns.push([[Math.min(...ends), Math.max(...ends)], [data.baseline.nats * factor, data.baseline.nats * factor]]);
        series.push({ label: data.baseline.name, stroke: () => theme.colour("--faint"), width: 1.5, dash: [6, 5], spanGaps: true, points: { show: false } });
      }
      if (!columns.length) return;
      const y = loss ? `loss, ${unit.selectedOptions[0].text}` : what.selectedOptions[0].text;
      chart.show(uPlot.join(columns), series, { x: over.selectedOptions[0].text.replace("time", "seconds"), y, value: atOrBefore });
    };
    for (const select of [what, over, unit]) select.addEventListener("change", draw);
    buttons("zoom", chart);
    draw();
  }

  const reachPlace = document.getElementById("reach-chart");
  if (reachPlace) {
    const runs = data.runs.filter(run => run.reach);
    const lags = Math.max(...runs.map(run => run.reach[0].length));
    const columns = [Array.from({ length: lags }, (_, lag) => lag)];
    const series = [];
    for (const run of runs) {
      run.reach.forEach((layer, l) => {
        const last = l === run.reach.length - 1;
        columns.push(columns[0].map(lag => layer[lag] == null ? null : Math.log10(layer[lag])));
        series.push({ label: `${runs.length > 1 ? `${run.name}, ` : ""}layer ${l + 1}`, stroke: colour(run.slot), width: 2, dash: last ? [] : [7, 4], points: { show: false } });
      });
    }
    const chart = new Chart(reachPlace);
    const norm = (drawn, i, at) => drawn.data[i][at] == null ? null : 10 ** drawn.data[i][at];
    chart.show(columns, series, { x: "characters back", y: "norm", powers: true, value: norm });
    buttons("reach", chart);
  }
})();
