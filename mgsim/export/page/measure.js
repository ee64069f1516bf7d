// What is read off a recording, as mgsim.measure does: peaks by a parabola through three samples, times by straight lines.

function highest(time, values, from, to) {
  let best = from;
  for (let i = from; i < to; i++) if (values[i] > values[best]) best = i;
  if (best === 0 || best + 1 >= values.length) return { when: time[best], top: values[best], at: best };
  // The parabola through three samples, which need not be equally far apart, is highest where its slope is zero.
  const [t0, t1, t2] = [time[best - 1], time[best], time[best + 1]];
  const rise = (values[best] - values[best - 1]) / (t1 - t0);
  const fall = (values[best + 1] - values[best]) / (t2 - t1);
  const bend = (fall - rise) / (t2 - t0);
  if (!(bend < 0)) return { when: t1, top: values[best], at: best };
  const when = 0.5 * (t0 + t1 - rise / bend);
  return { when, top: values[best - 1] + (when - t0) * (rise + bend * (when - t1)), at: best };
}

function fallTo(time, values, level, from) {
  for (let i = from + 1; i < values.length; i++) {
    if (values[i] <= level) return time[i - 1] + ((values[i - 1] - level) / (values[i - 1] - values[i])) * (time[i] - time[i - 1]);
  }
  return NaN;
}

function riseTo(time, values, level, from) {
  for (let i = Math.max(from, 1); i < values.length; i++) {
    if (values[i] >= level) return time[i - 1] + ((level - values[i - 1]) / (values[i] - values[i - 1])) * (time[i] - time[i - 1]);
  }
  return NaN;
}

function sampleAt(time, t) {
  let low = 0;
  let high = time.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (time[middle] < t - 1e-9) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Read-outs by name: {label, value, unit}; NaN where the recording does not reach so far. */
function readOuts(data, chosen, protocol) {
  const { time, tension, calcium, magnesium, energy } = data;
  const first = protocol.onsets[0];
  const last = protocol.onsets[protocol.onsets.length - 1];
  const begin = sampleAt(time, first);
  const rest = tension[Math.max(begin - 1, 0)];
  const of = (label, value, unit) => ({ label, value, unit });
  if (chosen.kind === "exercise") {
    const per = protocol.onsets.length / TRAINS;
    const top = (k) => {
      const start = sampleAt(time, protocol.onsets[k * per]);
      return highest(time, tension, start, sampleAt(time, (k + 1) * PAUSE)).top - tension[start];
    };
    const lowest = (values) => values.reduce((a, b) => Math.min(a, b), Infinity);
    const done = time.length ? time[time.length - 1] >= protocol.duration - 1e-9 : false;
    return [of("first contraction", top(0), "kN/m²"), of("last contraction", done ? top(TRAINS - 1) : NaN, "kN/m²"),
      of("tension left", done ? (100 * top(TRAINS - 1)) / top(0) : NaN, "%"),
      of("resting tension at the end", done ? lowest(tension.slice(sampleAt(time, protocol.duration - PAUSE))) : NaN, "kN/m²"),
      of("free magnesium at the end", done ? magnesium[magnesium.length - 1] : NaN, "mM"),
      of("lowest ATP", done ? lowest(energy) : NaN, "mM")];
  }
  const peak = highest(time, tension, begin, time.length);
  const lastPeak = highest(time, tension, sampleAt(time, last), time.length);
  const half = fallTo(time, tension, rest + (lastPeak.top - rest) / 2, lastPeak.at);
  const spike = highest(time, calcium, begin, time.length);
  const level = calcium[Math.max(begin - 1, 0)] / 2 + spike.top / 2;
  const lasts = fallTo(time, calcium, level, spike.at) - riseTo(time, calcium, level, begin);
  const more = chosen.kind === "single" ? [of("calcium above half", 1000 * lasts, "ms")] : [];
  return [of("peak tension", peak.top - rest, "kN/m²"),
    of(chosen.kind === "single" ? "contraction time" : "time to peak", 1000 * (peak.when - first), "ms"),
    of("half-relaxation", 1000 * (half - lastPeak.when), "ms"),
    of("resting tension", rest, "kN/m²"),
    of("peak calcium", spike.top, "µM"), ...more];
}

function inDigits(value) {
  if (!Number.isFinite(value)) return "–";
  return Math.abs(value) >= 1000 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}

function changeOf(now, normal) {
  if (!(Number.isFinite(now) && Math.abs(normal) > 1e-9)) return "–";
  const percent = 100 * (now / normal - 1);
  if (Math.abs(percent) < 0.5) return "same";
  return `${percent > 0 ? "+" : "−"}${Math.abs(percent).toFixed(0)} %`;
}
