"""Voluntary work of a muscle, seen in its fibres: contractions that repeat or are held, and what they cost.

A fibre of a maximal voluntary contraction is stimulated at 40 Hz, about what motor units reach in one.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mgsim.evidence.experiments.recording import NoValue, approach_rate, once, record
from mgsim.evidence.experiments.sudden import record_after
from mgsim.language.model import Model
from mgsim.protocol import Protocol, pulses, rest
from mgsim.result import Result

MAXIMAL = 40.0  # Hz
ONSET = 0.1  # s before the first contraction

# Energy supply of human fibres of type IIX, where it differs from that of a mixed muscle.
TYPE_IIX = {
    "AMPDeaminase.V_AMPD": 2.0,
    "AMPDeaminase.K_AMP": 0.05,
    "Mitochondria.V_ox": 0.55,
    "Glycolysis.V_gly": 4.0,
}


def contractions(starts: Sequence[float], length: float, after: float, rate: float = MAXIMAL) -> Protocol:
    """Return contractions of `length` (s) that begin at `starts` (s after the onset), recorded for `after` (s) more."""
    count = int(np.ceil(length * rate - 1e-9))
    times = [ONSET + s + k / rate for s in starts for k in range(count)]
    return pulses(times, duration=ONSET + max(starts) + length + after)


def falling(duration: float, rate: float = MAXIMAL, share: float = 0.5, over: float = 40.0) -> Protocol:
    """Return one contraction held for `duration` (s), its rate falling to a `share` with time constant `over` (s)."""
    times, t = [], 0.0
    while t < duration:
        times.append(ONSET + t)
        t += 1.0 / (rate * (share + (1.0 - share) * np.exp(-t / over)))
    return pulses(times, duration=ONSET + duration)


def graded(seconds: float = 180.0, longest: float = 1.8) -> Protocol:
    """Return contractions at 0.5 Hz whose length grows evenly from nothing to `longest` (s) within a time (s)."""
    times = []
    for k in range(1, int(seconds / 2.0)):
        length = longest * 2.0 * k / seconds
        times += [ONSET + 2.0 * k + i / MAXIMAL for i in range(max(1, int(np.ceil(length * MAXIMAL))))]
    return pulses(times, duration=seconds + ONSET)


# ------------------------------------------------------------------------------------------ cost and recovery
def cost_of_contraction(model: Model, length: float = 2.0) -> float:
    """Return the ATP cost of a maximal contraction from the fall of phosphocreatine, mM/s."""
    result = record(model, contractions([0.0], length, 1.0), every="20 ms")
    phosphocreatine = result["PCr_total_bulk"]
    return float(phosphocreatine[0] - phosphocreatine.min()) / 1000.0 / length


def gated_recovery(model: Model, count: int = 15, length: float = 2.0, period: float = 30.0) -> float:
    """Return the time constant (s) of phosphocreatine recovery between short contractions every half a minute.

    From the steady fall before a contraction (D) and the fall by it (Q), in shares of the rest, mean of the sixth
    contraction and all later ones: the interval over the logarithm of (D + Q)/D.
    """
    starts = [k * period for k in range(count)]
    result = record(model, contractions(starts, length, period - length), every="50 ms")
    time, level = result.time, result["PCr_total_bulk"] / result["PCr_total_bulk"][0]
    before, fall = [], []
    for s in starts[5:]:
        high = float(np.interp(ONSET + s, time, level))
        inside = (time >= ONSET + s) & (time <= ONSET + s + length + 1.0)
        before.append(1.0 - high)
        fall.append(high - float(level[inside].min()))
    D, Q = float(np.mean(before)), float(np.mean(fall))
    return float((period - length) / np.log((D + Q) / D))


def recovery_after(
    model: Model, work: float = 30.0, period: float = 2.0, length: float = 1.0, span: float = 400.0
) -> float:
    """Return the time constant (s) of an exponential through phosphocreatine after repeated contractions.

    The fit begins with the end of the last contraction and takes a `span` of 400 s: the constant depends on it.
    """
    starts = [k * period for k in range(int(work / period))]
    result = record(model, contractions(starts, length, span), every=0.5)
    part = result.time >= ONSET + starts[-1] + length
    return 1.0 / approach_rate(result.time[part][::4], result["PCr_total_bulk"][part][::4])


def resting_fall_of_PCr(model: Model, start: float = 300.0, stop: float = 1200.0) -> float:
    """Return how fast phosphocreatine falls in a resting fibre without oxygen supply, mM/s."""
    result = record_after(model, {"Mitochondria.supply": 0.0}, rest(stop + 1.0), 1.0)
    first, last = np.interp([start, stop], result.time, result["PCr_total_bulk"])
    return float(first - last) / 1000.0 / (stop - start)


# ---------------------------------------------------------------------------------------------------- acidity
def lowest_pH_after(model: Model, work: float = 30.0, period: float = 2.0, length: float = 1.0) -> float:
    """Return the lowest pH within five minutes after repeated contractions."""
    starts = [k * period for k in range(int(work / period))]
    result = record(model, contractions(starts, length, 300.0), every=0.5)
    return float(result["pH"][result.time >= ONSET + starts[-1] + length].min())


def acidification_onset(model: Model, seconds: float = 180.0, longest: float = 1.8) -> float:
    """Return the fall of phosphocreatine (a share) at which work of growing strength begins to acidify the cell.

    Contractions at 0.5 Hz whose length grows evenly from nothing to `longest` (s); read where pH, which first rises
    as phosphocreatine splits, comes below that of rest.
    """
    result = record(model, graded(seconds, longest), every=0.5)
    fall = 1.0 - result["PCr_total_bulk"] / result["PCr_total_bulk"][0]
    acid = result["pH"] < result["pH"][0] - 1e-3
    if not acid[-1]:
        raise NoValue(f"at {fall[-1]:.0%} phosphocreatine depletion the cell is still not more acid than at rest")
    return float(fall[np.flatnonzero(~acid)[-1]])


# ---------------------------------------------------------------------------------------------- maximal effort
@once
def sustained(model: Model, minutes: float = 4.0) -> Result:
    """Hold a maximal contraction that squeezes its own vessels; motor units fall to half of their rate."""
    return record(model.with_({"Mitochondria.occ": 1.0}), falling(60.0 * minutes), every=0.05)


def total_ATP(result: Result) -> np.ndarray:
    """Return ATP in all its forms, mM."""
    total: np.ndarray = (result["MgATP"] + result["ATP_free"] + result["CaATP"]) / 1000.0
    return total


def ATP_left_after_holding(model: Model) -> float:
    """Return the ATP after a maximal contraction of four minutes over that at rest."""
    ATP = total_ATP(sustained(model))
    return float(ATP[-1] / ATP[0])


def force_left_after_holding(model: Model) -> float:
    """Return the force at the end of a maximal contraction of four minutes over its highest."""
    force = sustained(model)["force"]
    return float(force[-20:].mean() / force.max())


def correlation_with_acid_phosphate(model: Model, step: float = 15.0) -> float:
    """Return the correlation of force with H2PO4- in a maximal contraction of four minutes, read every 15 s."""
    result = sustained(model)
    acid = result["Pi_total_bulk"] * result["H_Pi"] / (1.0 + result["H_Pi"])
    at = np.arange(step, result.time[-1], step)
    force = [float(result["force"][np.abs(result.time - t) < 0.5].mean()) for t in at]
    return float(np.corrcoef(force, np.interp(at, result.time, acid))[0, 1])


def phosphate_after_holding(model: Model) -> float:
    """Return the highest phosphate of a maximal contraction of four minutes, mM."""
    return float(sustained(model)["Pi_total_bulk"].max() / 1000.0)


def sprint(model: Model, seconds: float = 25.0, shortening: float = 0.6) -> Result:
    """Stimulate a fibre of type IIX without a pause, all-out.

    Its length is fixed and blood flows; what `shortening` would cost more, as a share of the isometric cost, is
    added as a load.
    """
    fast = model.with_(TYPE_IIX)
    start = record(fast, contractions([0.0], 2.0, 0.0), every="10 ms")
    usual = float(start["J_ATP_base"][0])
    spent = sum(start[name][-100:].mean() for name in start if name.startswith("J_ATP_"))
    load = {"RestingWork.J_base": fast.value("RestingWork.J_base") * (1.0 + shortening * float(spent) / usual)}
    return record_after(fast, load, contractions([0.0], seconds, 0.0), 0.1)


def ATP_after_sprint(model: Model, seconds: float = 25.0, shortening: float = 0.6) -> float:
    """Return the ATP left in a fibre of type IIX after an all-out effort (see `sprint`), mM."""
    return float(total_ATP(sprint(model, seconds, shortening))[-1])


def without_blood(
    model: Model, rate: float = 50.0, length: float = 1.0, period: float = 4.0, most: int = 40
) -> tuple[np.ndarray, np.ndarray]:
    """Return peak (kN/m²) and rate of relaxation (s⁻¹) of each of many contractions without blood flow.

    The rate is the steepest fall of force relative to the force of its own contraction.
    """
    starts = [k * period for k in range(most)]
    result = record_after(
        model, {"Mitochondria.supply": 0.0}, contractions(starts, length, period - length, rate), 0.01
    )
    time, force = result.time, result["force"] - result["force"][0]
    rates, peaks = [], []
    for s in starts:
        part = (time >= ONSET + s) & (time < ONSET + s + period)
        peaks.append(float(force[part].max()))
        late = part & (time >= ONSET + s + length - 0.05)
        rates.append(float(-np.gradient(force[late], time[late]).min()) / peaks[-1])
    return np.array(peaks), np.array(rates)


def relaxation_in_ischaemia(model: Model, share: float) -> float:
    """Return the rate of relaxation when force has fallen to a share in contractions without blood, over the first."""
    peaks, rates = without_blood(model)
    low = np.flatnonzero(peaks <= share * peaks[0])
    if not len(low):
        raise NoValue(f"after {len(peaks)} contractions force is still {peaks[-1] / peaks[0]:.0%} of the first")
    return float(rates[low[0]] / rates[0])
