// The resting state: one Newton problem, each conserved quantity fixed by a total or an anchor. The search begins at
// the rest that was solved when this file was written, and walks from there where Newton alone does not arrive.

/** Parameters in internal units; `changes` holds values by path in the declared units, T in kelvin. */
function parametersOf(numbers, changes) {
  const p = new Float64Array(numbers.parameters.length);
  numbers.parameters.forEach((q, i) => {
    p[i] = q.path in changes ? changes[q.path] * q.factor : q.value;
  });
  return p;
}

function anchorsOf(numbers, changes) {
  return numbers.anchors.map((a) => (a.name in changes ? changes[a.name] * a.factor : a.value));
}

function constantsOf(program, p) {
  const c = new Float64Array(program.STORE);
  program.consts(p, c);
  return c;
}

function scalesOf(numbers, c) {
  return Float64Array.from(numbers.states, (q) => (c[q.scale] > 0 ? c[q.scale] : q.factor));
}

function volumesOf(numbers, c) {
  return Float64Array.from(numbers.states, (q) => c[q.volume]);
}

/** Each conservation law as a row over the states, with the value that it has to keep. */
function lawRows(numbers, volumes, anchors) {
  return numbers.laws.map((law) => {
    const row = new Float64Array(volumes.length);
    if (law.anchor >= 0 && law.chosen.length) {
      const whole = new Map(law.chosen.map((i) => [numbers.states[i].place, volumes[i]]));
      const total = [...whole.values()].reduce((a, b) => a + b, 0);
      for (const i of law.chosen) row[i] = volumes[i] / total;
    } else {
      for (const [i, k] of law.coefficients) row[i] = k * volumes[i];
    }
    let value = law.anchor >= 0 ? anchors[law.anchor] : 0;
    if (law.anchor < 0) row.forEach((r, i) => (value += r * numbers.start[i]));
    return { carrier: law.carrier, row, value };
  });
}

/** Solve A x = b in place by elimination with row exchanges; false where A is singular. */
function solveDense(A, b) {
  const n = b.length;
  for (let k = 0; k < n; k++) {
    let best = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(A[i][k]) > Math.abs(A[best][k])) best = i;
    if (!(Math.abs(A[best][k]) > 0)) return false;
    [A[k], A[best]] = [A[best], A[k]];
    [b[k], b[best]] = [b[best], b[k]];
    const pivot = A[k];
    for (let i = k + 1; i < n; i++) {
      const row = A[i];
      if (row[k] === 0) continue;
      const share = row[k] / pivot[k];
      for (let j = k + 1; j < n; j++) row[j] -= share * pivot[j];
      b[i] -= share * b[k];
    }
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = b[i];
    for (let j = i + 1; j < n; j++) sum -= A[i][j] * b[j];
    b[i] = sum / A[i][i];
  }
  return true;
}

/** Newton from `start`; the step is shortened so that no amount changes sign. Gives null where it does not arrive. */
function newton(program, numbers, p, anchors, start, tries) {
  const n = numbers.states.length;
  const c = constantsOf(program, p);
  const scales = scalesOf(numbers, c);
  const laws = lawRows(numbers, volumesOf(numbers, c), anchors);
  const u = new Float64Array(Math.max(numbers.inputs.length, 1));
  const f = new Float64Array(n);
  const entries = new Float64Array(program.NNZ);
  const y = Float64Array.from(start);
  let best = Infinity;
  let settled = 0;
  for (let attempt = 0; attempt < tries; attempt++) {
    program.jacobian(y, u, c, f, entries);
    const A = Array.from({ length: n }, () => new Float64Array(n));
    numbers.pattern.forEach(([i, j], k) => (A[i][j] = entries[k]));
    for (const law of laws) {
      let found = -law.value;
      for (let i = 0; i < n; i++) found += law.row[i] * y[i];
      A[law.carrier].set(law.row);
      f[law.carrier] = found;
    }
    for (let i = 0; i < n; i++) {
      const row = A[i];
      let weight = 0;
      for (let j = 0; j < n; j++) {
        row[j] *= scales[j];
        weight = Math.max(weight, Math.abs(row[j]));
      }
      if (!Number.isFinite(weight)) return null;
      if (weight === 0) {
        // What nothing moves, such as chloride without its channel, stays where the preparation has it.
        f[i] = y[i] - numbers.start[i];
        row[i] = scales[i];
        weight = 1;
      }
      for (let j = 0; j < n; j++) row[j] /= weight;
      f[i] = f[i] / weight;
    }
    if (!solveDense(A, f)) return null;
    let size = 0;
    let share = 1;
    for (let i = 0; i < n; i++) {
      const step = -scales[i] * f[i];
      size = Math.max(size, Math.abs(step) / (scales[i] + Math.abs(y[i])));
      // What is next to nothing may overshoot zero for a step; Newton brings it back.
      if (numbers.states[i].amount && step < 0 && y[i] > 1e-3 * scales[i]) share = Math.min(share, (0.9 * y[i]) / -step);
      f[i] = step;
    }
    if (!Number.isFinite(size)) return null;
    share = Math.min(share, 3 / Math.max(size, 1e-300));
    for (let i = 0; i < n; i++) y[i] += share * f[i];
    if (share === 1 && size < 1e-9) {
      settled += 1;
      // Newton is quadratic: a few more steps reach the rounding floor, where they stop shrinking.
      if (settled >= 2 && size >= 0.5 * best) break;
    }
    best = Math.min(best, size);
  }
  const negative = numbers.states.some((q, i) => q.amount && y[i] < -1e-12 * scales[i]);
  return best < 1e-9 && !negative ? y : null;
}

/** Move from one set of numbers to another: by ratio where both are positive, else evenly. */
function between(a, b, s) {
  return a.map((from, i) => (from > 0 && b[i] > 0 ? from * (b[i] / from) ** s : from + s * (b[i] - from)));
}

/** The rest with some parameters or anchors changed; an error where there is none. */
function rest(program, numbers, changes) {
  const p = parametersOf(numbers, changes);
  const anchors = anchorsOf(numbers, changes);
  const start = Float64Array.from(numbers.start);
  const direct = newton(program, numbers, p, anchors, start, 60);
  if (direct) return { p, y: direct };
  const p0 = parametersOf(numbers, {});
  const anchors0 = anchorsOf(numbers, {});
  let y = start;
  let done = 0;
  let step = 0.25;
  while (done < 1) {
    const s = Math.min(1, done + step);
    const next = newton(program, numbers, between(p0, p, s), between(anchors0, anchors, s), y, 60);
    if (next) {
      y = next;
      done = s;
      step = Math.min(2 * step, 0.5);
    } else {
      step *= 0.5;
      if (step < 1e-3) {
        throw new Error(`${numbers.name}: no resting state; the search got ${Math.round(100 * done)} % of the way`);
      }
    }
  }
  return { p, y };
}
