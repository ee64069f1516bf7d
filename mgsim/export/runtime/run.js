// What users call: an experiment on a fibre, from its rest.

const MORE = 1;
const MS = 1000;

function programOf(fibre) {
  const numbers = fibres[fibre];
  if (!numbers) throw new Error(`there is no fibre "${fibre}"; there are ${Object.keys(fibres).join(", ")}`);
  if (!made.has(numbers.program)) made.set(numbers.program, programs[numbers.program]());
  return { program: made.get(numbers.program), numbers };
}
const made = new Map();

function checked(numbers, changes, what) {
  const known = new Set([...numbers.parameters.map((q) => q.path), ...numbers.anchors.map((a) => a.name)]);
  for (const [name, value] of Object.entries(changes)) {
    if (!known.has(name)) throw new Error(`${what}: ${numbers.name} has no "${name}"; fibres.${numbers.name} lists what it has`);
    if (!Number.isFinite(value)) throw new Error(`${what}: ${name} is ${value}; a number is needed`);
    const anchor = numbers.anchors.find((a) => a.name === name);
    const signed = anchor ? anchor.value < 0 : numbers.parameters.find((q) => q.path === name).signed;
    if (value < 0 && !signed) throw new Error(`${what}: ${name} = ${value} is negative; it has to be zero or more`);
  }
  return changes;
}

/**
 * Find the rest of a fibre.
 *
 * @param {string} fibre a name in `fibres`
 * @param {object} changes values by the path of a parameter or the name of an anchor, in the declared units (T in K):
 *   `{Mg: 0.2}` is the resting free Mg2+ in mM, the rest of the cell equilibrated to it
 * @returns {{values: object, totals: object}} states and outputs, and the conserved totals in mM, all at rest
 */
function restOf(fibre, changes = {}) {
  const { program, numbers } = programOf(fibre);
  const { p, y } = rest(program, numbers, checked(numbers, changes, "changes"));
  const c = constantsOf(program, p);
  const totals = totalsOf(numbers, c, y);
  const all = traces(program, numbers, c, y, 1);
  const values = {};
  for (const name of Object.keys(all)) values[name] = all[name][0];
  return { values, totals };
}

function totalsOf(numbers, c, y) {
  const volumes = volumesOf(numbers, c);
  const sum = (law) => law.coefficients.reduce((total, [i, k]) => total + k * volumes[i] * y[i], 0);
  return Object.fromEntries(numbers.laws.map((law) => [law.name, sum(law) / MS]));
}

function traces(program, numbers, c, rows, count, wanted) {
  const n = numbers.states.length;
  const m = numbers.outputs.length;
  const computed = new Float64Array(count * m);
  program.outputs_all(rows, new Float64Array(Math.max(numbers.inputs.length, 1)), c, computed, count);
  const column = (from, width, i, factor) => Float64Array.from({ length: count }, (_, r) => from[r * width + i] / factor);
  const found = {};
  numbers.states.forEach((q, i) => {
    if (!wanted || wanted.includes(q.name)) found[q.name] = column(rows, n, i, q.factor);
  });
  numbers.outputs.forEach((q, i) => {
    if (!wanted || wanted.includes(q.name)) found[q.name] = column(computed, m, i, q.factor);
  });
  return found;
}

/**
 * Begin an experiment; `go` takes it on, `result` gives what there is.
 *
 * @param {string} fibre a name in `fibres`
 * @param {object} experiment
 *   changes: what the fibre rests at, as for `restOf`;
 *   sudden: parameters that change at the moment the recording begins;
 *   onsets: when each stimulus begins, s, ascending; duration: s;
 *   times: when to sample, s, ascending within [0, duration];
 *   rtol: relative error allowed in a step (1e-5)
 */
function begin(fibre, experiment) {
  const { program, numbers } = programOf(fibre);
  const { changes = {}, sudden = {}, onsets = [], duration, times, rtol = 1e-5 } = experiment;
  if (!(duration > 0)) throw new Error(`duration is ${duration}; it has to be more than 0 s`);
  if (!(rtol >= 1e-12 && rtol <= 1e-2)) throw new Error(`rtol is ${rtol}; give one between 1e-12 and 1e-2`);
  onsets.forEach((t, k) => {
    if (!(t >= 0 && t < duration && (k === 0 || t > onsets[k - 1]))) {
      throw new Error(`stimulus ${k} at ${t} s: stimuli ascend within the recording of ${duration} s`);
    }
  });
  times.forEach((t, k) => {
    if (!(t >= 0 && t <= duration && (k === 0 || t > times[k - 1]))) {
      throw new Error(`sample ${k} at ${t} s: samples ascend within the recording of ${duration} s`);
    }
  });
  const start = rest(program, numbers, checked(numbers, changes, "changes"));
  checked(numbers, sudden, "sudden");
  for (const name of Object.keys(sudden)) {
    if (numbers.anchors.some((a) => a.name === name)) throw new Error(`sudden: ${name} is fixed at rest; change it in changes`);
  }
  const p = parametersOf(numbers, { ...changes, ...sudden });
  const c = constantsOf(program, p);
  const n = numbers.states.length;
  const edges = [0];
  const pulse = [];
  let width = 0;
  if (onsets.length) {
    if (numbers.pulse < 0) throw new Error(`${numbers.name} takes no stimulus`);
    width = pulseWidth(numbers, p);
  }
  for (const [k, onset] of onsets.entries()) {
    const from = onset * MS;
    const to = Math.min(from + width, duration * MS);
    if (k > 0 && from <= edges[edges.length - 1]) {
      throw new Error(`stimuli ${k - 1} and ${k} overlap: each lasts ${width} ms; space them further`);
    }
    if (from > edges[edges.length - 1]) {
      edges.push(from);
      pulse.push(0);
    }
    edges.push(to);
    pulse.push(1);
  }
  if (edges[edges.length - 1] < duration * MS) {
    edges.push(duration * MS);
    pulse.push(0);
  }
  const inputs = new Float64Array(2 * Math.max(numbers.inputs.length, 1));
  numbers.inputs.forEach((name, i) => (inputs[numbers.inputs.length + i] = name === "stimulus" ? 1 : 0));
  const s = new Float64Array(8);
  const k = new Int32Array(16);
  s[3] = rtol;
  s[4] = Infinity;
  k[1] = times.length;
  k[12] = pulse.length;
  const rows = new Float64Array(Math.max(times.length * n, 1));
  const place = {
    s, k, y: Float64Array.from(start.y), edges: Float64Array.from(edges), inputs, row: Int32Array.from(pulse),
    jumps: new Float64Array(n), jump: new Int32Array(pulse.length).fill(-1), scale: scalesOf(numbers, c),
    work: new Float64Array(program.WORK_SIZE), t: Float64Array.from(times, (t) => t * MS),
  };
  let status = "running";
  let message = "";

  /** Take up to `steps` steps of the solver; gives "running", "done" or "failed". */
  function go(steps) {
    if (status !== "running") return status;
    k[2] = steps;
    const code = program.advance_all(
      s, k, place.y, place.edges, inputs, place.row, place.jumps, place.jump, c, place.scale, place.work, place.t, rows,
    );
    if (code === MORE) return status;
    status = code === 0 ? "done" : "failed";
    const worst = () => numbers.states[k[9]].name;
    if (code === 2) message = `at ${s[0]} ms the step became too small; the state with the largest error was ${worst()}`;
    if (code === 3) message = `at ${s[0]} ms the rate of change of ${worst()} is not a finite number`;
    return status;
  }

  /** What there is so far: times in s and traces by name in the units of `fibres`. */
  function result(wanted) {
    const count = k[0];
    return {
      status, message, reached: s[0] / MS, steps: k[3] + k[4], time: Float64Array.from(times.slice(0, count)),
      traces: traces(program, numbers, c, rows, count, wanted),
    };
  }
  const totals = totalsOf(numbers, c, start.y);
  return { go, result, totals, steps: () => k[3] + k[4], share: () => s[0] / (duration * MS) };
}

function pulseWidth(numbers, p) {
  const q = numbers.parameters[numbers.pulse];
  const T = p[numbers.parameters.findIndex((other) => other.path === "T")];
  return q.q10 ? p[numbers.pulse] * q.q10 ** ((T - q.at) / 10) : p[numbers.pulse];
}

/**
 * Run an experiment to its end, or until a budget is used up; what was computed is kept.
 *
 * @param {string} fibre a name in `fibres`
 * @param {object} experiment as for `begin`; stepBudget (5000000) and timeBudget (s, none) end a run early,
 *   wanted is a list of the traces to give (all)
 * @returns {{status: string, message: string, reached: number, steps: number, time: Float64Array, traces: object}}
 *   status is "done", "step budget", "time budget" or "failed" (the message says why)
 */
function simulate(fibre, experiment) {
  const run = begin(fibre, experiment);
  const { stepBudget = 5000000, timeBudget = Infinity, wanted } = experiment;
  const began = Date.now();
  let ended = "";
  while (!ended && run.go(Math.min(400, stepBudget - run.steps())) === "running") {
    if (run.steps() >= stepBudget) ended = "step budget";
    else if (Date.now() - began > timeBudget * 1000) ended = "time budget";
  }
  const found = run.result(wanted);
  if (!ended) return found;
  return { ...found, status: ended, message: `stopped at ${found.reached} s: the ${ended} is used up` };
}
