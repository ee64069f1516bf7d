// From what the sliders say to what is done to a fibre.

const WANTED = ["force", "Ca", "Mg", "MgATP", "ATP_free", "CaATP"];
const FIRST = 0.02; // s, the first stimulus
const PAUSE = 1; // s from one train of the exercise to the next
const TRAINS = 60;

function normalOf(fibre, before) {
  const kept = before ? { kind: before.kind, rate: before.rate, length: before.length } : {};
  return { fibre: fibre.name, magnesium: fibre.levels.indexOf(fibre.normal), temperature: fibre.temperature, supply: 100, flow: 100,
    kind: "single", rate: fibre.rate, length: 0.5, ...kept };
}

function stimuli(chosen, from) {
  if (chosen.kind === "single") return [from];
  const length = chosen.kind === "exercise" ? Math.min(chosen.length, PAUSE - 0.1) : chosen.length;
  const count = Math.max(1, Math.ceil(chosen.rate * length - 1e-9));
  return Array.from({ length: count }, (_, k) => from + k / chosen.rate);
}

function protocolOf(chosen, fibre) {
  if (chosen.kind === "exercise") {
    const onsets = [];
    for (let k = 0; k < TRAINS; k++) onsets.push(...stimuli(chosen, FIRST + k * PAUSE));
    return { onsets, duration: TRAINS * PAUSE };
  }
  const length = chosen.kind === "train" ? chosen.length : 0;
  return { onsets: stimuli(chosen, FIRST), duration: FIRST + length + fibre.after };
}

/** Even samples, and closer ones after each stimulus, where calcium rises and falls within a few milliseconds. */
function timesOf(duration, onsets) {
  const long = duration > 5;
  const step = long ? 0.01 : 0.0005;
  const count = Math.round(duration / step);
  const even = Array.from({ length: count + 1 }, (_, i) => (i === count ? duration : i * step));
  const each = long ? 2 : Math.max(5, Math.min(100, Math.floor(4000 / onsets.length)));
  const close = Array.from({ length: each + 1 }, (_, k) => ((long ? 0.003 : 0.01) * k) / each);
  const all = [...even, ...onsets.flatMap((onset) => close.map((t) => onset + t))].sort((a, b) => a - b);
  const apart = all.filter((t, i) => t < duration - 1e-6 && (i === 0 || t - all[i - 1] > 1e-6));
  return [...apart, duration];
}

function experimentOf(chosen, fibre) {
  const { onsets, duration } = protocolOf(chosen, fibre);
  const changes = {};
  if (fibre.levels[chosen.magnesium] !== fibre.normal) changes.Mg = fibre.levels[chosen.magnesium];
  if (chosen.temperature !== fibre.temperature) changes.T = chosen.temperature + 273.15;
  const sudden = {};
  if (chosen.supply !== 100) sudden["Mitochondria.V_ox"] = (fibre.oxidation * chosen.supply) / 100;
  if (chosen.flow !== 100) sudden["Mitochondria.supply"] = chosen.flow / 100;
  return { changes, sudden, onsets, duration, times: timesOf(duration, onsets) };
}

/** What is drawn, in the units that are shown. */
function shown(answer) {
  const { force, Ca, Mg, MgATP, ATP_free, CaATP } = answer.traces;
  return { time: answer.time, tension: force, calcium: Ca, magnesium: Mg.map((v) => v / 1000),
    energy: MgATP.map((v, i) => (v + ATP_free[i] + CaATP[i]) / 1000) };
}
