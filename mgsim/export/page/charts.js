// Four charts over one time axis: what is now in colour, what is normal in grey.

const PANELS = [
  { key: "tension", title: "Tension", what: "how hard the fibre pulls", unit: "kN/m²", least: 2, colour: "--tension" },
  { key: "calcium", title: "Free calcium", what: "the signal to contract", unit: "µM", least: 0.5, colour: "--calcium" },
  { key: "magnesium", title: "Free magnesium", what: "what is not bound", unit: "mM", least: 0.05, colour: "--magnesium" },
  { key: "energy", title: "ATP", what: "the fuel", unit: "mM", least: 0.5, colour: "--energy" },
];

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function rangeOf(panel) {
  return (chart, low, high) => {
    if (low === null || !Number.isFinite(low)) return [0, 1];
    const span = Math.max(high - low, panel.least);
    // What is above nothing at rest is drawn from nothing.
    const floor = panel.key === "tension" || panel.key === "calcium" ? Math.min(0, low) : (low + high - span) / 2 - 0.08 * span;
    return [floor, Math.max(high, floor + span) + 0.08 * span];
  };
}

function makeCharts(place) {
  const phone = window.matchMedia("(max-width: 820px)");
  const charts = PANELS.map((panel) => {
    const figure = document.createElement("figure");
    figure.className = "chart";
    figure.id = `chart-${panel.key}`;
    figure.setAttribute("role", "img");
    figure.innerHTML = `<figcaption><h2>${panel.title} (${panel.unit})</h2>
      <span class="keys"><span class="key" style="--colour: var(${panel.colour})">now</span>
      <span class="key" style="--colour: var(--normal)">normal</span></span><small>${panel.what}</small></figcaption>`;
    place.append(figure);
    const axis = (more) => ({ stroke: () => colour("--ink"), grid: { stroke: () => colour("--grid"), width: 1 },
      ticks: { stroke: () => colour("--line"), width: 1 }, font: "13px system-ui, sans-serif", ...more });
    const options = {
      ...sizeOf(figure, phone.matches, panel), padding: [10, 26, 0, 0], legend: { show: false }, cursor: { show: false },
      scales: { x: { time: false, range: (chart, low, high) => [0, high] }, y: { range: rangeOf(panel) } },
      axes: [axis({ size: 34, space: 60, values: (chart, ticks) => timeTicks(chart, ticks) }), axis({ size: 56, space: 34 })],
      series: [{}, { stroke: () => colour("--normal"), width: 3, pxAlign: 0, points: { show: false } },
        { stroke: () => colour(panel.colour), width: 3, pxAlign: 0, points: { show: false } }],
    };
    return { panel, figure, plot: new uPlot(options, [[0, 1], [null, null], [null, null]], figure) };
  });
  const fit = () => charts.forEach(({ plot, figure, panel }) => plot.setSize(sizeOf(figure, phone.matches, panel)));
  new ResizeObserver(fit).observe(place.parentElement);
  window.addEventListener("resize", fit);
  return { charts, redraw: () => charts.forEach(({ plot }) => plot.redraw()), draw: (now, normal) => drawAll(charts, now, normal) };
}

function sizeOf(figure, phone, panel) {
  const inside = figure.clientWidth - 20;
  const height = phone ? (panel.key === "tension" ? 150 : 170) : Math.max(200, Math.min(300, (window.innerHeight - 330) / 2));
  return { width: Math.max(inside, 200), height };
}

function timeTicks(chart, ticks) {
  const long = chart.scales.x.max > 0.9;
  return ticks.map((t, i) => (long ? `${t}` : `${Math.round(t * 1000)}`) + (i === ticks.length - 1 ? (long ? " s" : " ms") : ""));
}

/** Draw on the longer of the two time axes; they are alike but for how far a long run has come. */
function drawAll(charts, now, normal) {
  const time = [now, normal].reduce((best, data) => (data && data.time.length > best.length ? data.time : best), []);
  const padded = (data, key) => {
    const row = new Array(time.length).fill(null);
    if (data) data[key].forEach((v, i) => (row[i] = v));
    return row;
  };
  for (const { panel, plot } of charts) plot.setData([time, padded(normal, panel.key), padded(now, panel.key)]);
}

function describe(charts, now) {
  for (const { panel, figure } of charts) {
    const [low, high] = now[panel.key].reduce(([a, b], v) => [Math.min(a, v), Math.max(b, v)], [Infinity, -Infinity]);
    figure.setAttribute("aria-label", `${panel.title}: from ${inDigits(low)} to ${inDigits(high)} ${panel.unit}`);
  }
}
