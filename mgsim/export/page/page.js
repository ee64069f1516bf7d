// The page itself: what was chosen, what is asked of the worker, what is shown of its answers.

const settings = JSON.parse(document.getElementById("settings").textContent);
const charts = makeCharts(document.getElementById("charts"));
const worker = new Worker(URL.createObjectURL(new Blob([document.getElementById("worker").textContent], { type: "text/javascript" })));
const latest = { now: null, normal: null };
const ids = { now: 0, normal: 0 };
const total = { now: NaN, normal: NaN };
let fibre = settings.fibres[0];
let chosen = normalOf(fibre);
let normalAsked = "";
let quiet = 0;

function ask(role, what) {
  ids[role] += 1;
  worker.postMessage({ role, id: ids[role], fibre: fibre.name, experiment: experimentOf(what, fibre), wanted: WANTED });
}

function choose(next) {
  chosen = next;
  fibre = settings.fibres.find((f) => f.name === chosen.fibre);
  showSliders(chosen, fibre);
  ask("now", chosen);
  const normal = normalOf(fibre, chosen);
  const key = JSON.stringify(normal);
  if (key !== normalAsked) {
    normalAsked = key;
    latest.normal = null;
    ask("normal", normal);
  }
  document.getElementById("busy").textContent = chosen.kind === "exercise" ? "computing…" : "";
}

worker.onmessage = (event) => {
  const answer = event.data;
  if (answer.id !== ids[answer.role]) return;
  const problem = document.getElementById("problem");
  if (answer.role === "now") {
    problem.hidden = !answer.problem;
    problem.textContent = answer.problem ? `At these settings the fibre cannot be computed: ${answer.problem}. Move a slider back.` : "";
  }
  if (!answer.time) return;
  latest[answer.role] = { data: shown(answer), chosen: answer.role === "now" ? chosen : normalOf(fibre, chosen), ended: answer.ended };
  total[answer.role] = answer.totals["total Mg"];
  requestAnimationFrame(show);
  if (answer.role === "now" && answer.ended) {
    document.documentElement.dataset.took = answer.took.toFixed(1);
    document.getElementById("busy").textContent = `computed in ${answer.took < 1000 ? `${answer.took.toFixed(0)} ms` : `${(answer.took / 1000).toFixed(1)} s`}`;
  }
};
worker.onerror = (event) => {
  const problem = document.getElementById("problem");
  problem.hidden = false;
  problem.textContent = `The computation could not start: ${event.message}`;
};

function outs() {
  const protocol = protocolOf(chosen, fibre);
  const read = (role) => latest[role] && readOuts(latest[role].data, chosen, protocol);
  return { now: read("now"), normal: read("normal") };
}

function show() {
  const { now, normal } = latest;
  charts.draw(now && now.data, normal && normal.data);
  document.getElementById("total").textContent = Number.isFinite(total.now)
    ? `That means ${total.now.toFixed(2)} mM in all, most of it bound${Number.isFinite(total.normal) ? ` (normal ${total.normal.toFixed(2)})` : ""}.`
    : "";
  const found = outs();
  if (!found.now) return;
  const body = document.querySelector("#readouts tbody");
  body.innerHTML = found.now.map((out, i) => {
    const other = found.normal ? found.normal[i].value : NaN;
    return `<tr><th scope="row">${out.label} (${out.unit})</th><td>${inDigits(out.value)}</td><td>${inDigits(other)}</td><td>${changeOf(out.value, other)}</td></tr>`;
  }).join("");
  clearTimeout(quiet);
  if (now.ended) quiet = setTimeout(() => speak(found), 700);
}

/** Say the read-outs once the sliders rest. */
function speak({ now, normal }) {
  describe(charts.charts, latest.now.data);
  const part = (out, i) => {
    const change = normal ? changeOf(out.value, normal[i].value) : "–";
    return `${out.label} ${inDigits(out.value)} ${out.unit}${change === "–" || change === "same" ? "" : `, ${change}`}`;
  };
  document.getElementById("spoken").textContent = now.slice(0, 3).map(part).join("; ");
}

function showTheme(theme) {
  document.documentElement.dataset.theme = theme;
  document.getElementById("theme").textContent = theme === "dark" ? "Light" : "Dark";
  document.getElementById("theme").setAttribute("aria-label", `Change to ${theme === "dark" ? "light" : "dark"} colours`);
  charts.redraw();
}

for (const f of settings.fibres) document.getElementById("fibre").add(new Option(f.label, f.name));
document.getElementById("fibre").addEventListener("change", (event) => {
  const other = settings.fibres.find((f) => f.name === event.target.value);
  choose(normalOf(other, { ...chosen, rate: chosen.rate === fibre.rate ? other.rate : chosen.rate }));
});
for (const name of SLIDERS) {
  document.getElementById(name).addEventListener("input", (event) => choose({ ...chosen, [name]: Number(event.target.value) }));
}
for (const input of document.querySelectorAll('input[name="kind"]')) {
  input.addEventListener("change", () => choose({ ...chosen, kind: input.value }));
}
document.getElementById("controls").addEventListener("submit", (event) => event.preventDefault());
document.getElementById("reset").addEventListener("click", () => {
  choose(normalOf(fibre, chosen));
  document.getElementById("magnesium").focus();
});
const dark = window.matchMedia("(prefers-color-scheme: dark)");
document.getElementById("theme").addEventListener("click", () =>
  showTheme(document.documentElement.dataset.theme === "dark" ? "light" : "dark"));
dark.addEventListener("change", () => showTheme(dark.matches ? "dark" : "light"));
makeTour({ choose, outs, fibre: () => fibre });
showTheme(dark.matches ? "dark" : "light");
choose(chosen);
