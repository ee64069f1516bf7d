"""Fits can be run again: every fitted number has one, targets are what may be used, and the search finds."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from mgsim.evidence.calibrate.fit import Closing, Fit, Free
from mgsim.evidence.calibrate.register import answers, chosen, find, frees, steps
from mgsim.evidence.calibrate.solve import scattered, solve
from mgsim.evidence.calibrate.target import FAR, Reading, Target, aim, row
from mgsim.evidence.calibrate.trial import fibre_named
from mgsim.evidence.experiments.recording import NoValue
from mgsim.evidence.measurements import measurements
from mgsim.evidence.sources import source
from mgsim.language.declaration import parameter, rate, state
from mgsim.language.errors import InputError
from mgsim.language.mechanism import Mechanism, Placed
from mgsim.language.model import Model

FITS = {id: step for id, step in steps().items() if isinstance(step, Fit)}


# --------------------------------------------------------------------------------- what answers for a number
@pytest.mark.parametrize("fibre", sorted({step.fibre for step in steps().values()}))
def test_every_fitted_number_has_one_fit_or_a_reason(fibre: str) -> None:
    for path, said in answers()[fibre].items():
        assert len(said) == 1, f"{fibre}, {path}: {said or 'no fit frees it, and no reason says why'}"


def test_every_fibre_but_the_worked_core_is_fitted() -> None:
    from mgsim import fibre

    assert {step.fibre for step in steps().values()} == set(fibre.__all__) - {"calcium_core"}


def test_what_is_named_exists_and_has_a_reason() -> None:
    for step in steps().values():
        known = fibre_named(step.fibre).declared
        assert set(frees(step)) <= set(known), step.id
    for fibre, reasons in chosen().items():
        assert set(reasons) <= set(fibre_named(fibre).declared), fibre
        assert all(reasons.values())


@pytest.mark.parametrize("id", FITS)
def test_bounds_hold_the_committed_value(id: str) -> None:
    model = fibre_named(FITS[id].fibre)
    for f in FITS[id].free:
        assert f.low < model.value(f.path) < f.high, f.path


@pytest.mark.parametrize("id", FITS)
def test_targets_have_sources_and_may_be_used(id: str) -> None:
    roles = {m.id: m.role for m in measurements()}
    for t in FITS[id].targets:
        assert source(t.source), t.name
        assert not t.row or roles[t.name] == "calibrate", t.name
        assert t.name not in roles or t.name == "T4" or t.row, f"{t.name} is the name of a row"


def test_a_row_kept_for_prediction_is_refused() -> None:
    kept = next(m.id for m in measurements() if m.role == "predict")
    with pytest.raises(InputError, match="predict and never used in fitting"):
        row(kept)
    with pytest.raises(InputError, match="T1"):
        row("T1x")


def test_a_fit_of_one_fibre_takes_no_row_of_another() -> None:
    with pytest.raises(InputError, match="T1 is about mouse_edl"):
        Fit("x", "mouse_soleus", free=(), targets=(row("T1"),))


# --------------------------------------------------------------------------------------------- how it is said
def test_a_parameter_says_what_is_wrong_with_its_bounds() -> None:
    with pytest.raises(InputError, match="the lower has to come first"):
        Free("a.b", 2.0, 1.0, reason="x")
    with pytest.raises(InputError, match="where its bounds come from"):
        Free("a.b", 1.0, 2.0)
    with pytest.raises(InputError, match="a prior has a spread"):
        Free("a.b", 1.0, 2.0, prior=1.5, reason="x")
    with pytest.raises(InputError, match="outside its bounds"):
        Free("a.b", 1.0, 2.0, prior=3.0, spread=0.1, reason="x")


@pytest.mark.parametrize(("low", "high", "value"), [(1.0, 100.0, 7.0), (-40.0, -10.0, -28.0)])
def test_the_scale_of_the_search_goes_there_and_back(low: float, high: float, value: float) -> None:
    free = Free("a.b", low, high, prior=value, spread=0.5, reason="x")
    assert free.value(free.x(value)) == pytest.approx(value)
    assert free.pull(free.x(value)) == 0.0
    further = value * math.exp(0.5) if free.by_ratio else value + 0.5
    assert free.pull(free.x(further)) == pytest.approx(1.0)


def test_a_sign_that_is_met_pulls_no_further() -> None:
    sign = Target("s", "s", len, value=1.0, spread=0.1, unit="1", source="Textbook", relation="<")
    assert Reading(sign, 0.2).residual == 0.0
    assert Reading(sign, 1.3).residual == pytest.approx(3.0)
    above = replace(sign, relation=">", weight=2.0)
    assert Reading(above, 1.3).residual == 0.0
    assert Reading(above, 0.9).residual == pytest.approx(-2.0)
    assert Reading(above, math.nan).residual == FAR


# ------------------------------------------------------------------------------------------------ the search
class Fading(Mechanism):
    """Something that fades: A exp(-k t), with a level that nothing shows."""

    A = parameter(5.0, "1", "start", source="MgsimFit", evidence="F")
    k = parameter(0.3, "ms⁻¹", "rate", source="MgsimFit", evidence="F")
    V = parameter(-20.0, "mV", "shift", source="MgsimFit", evidence="F")
    hidden = parameter(2.0, "1", "what nothing shows", source="MgsimFit", evidence="F")
    y = state("1", "what is left", initial=0.0)
    dy_dt = rate(y, -k * y)


MODEL = Model("fading", "", (Placed(Fading),), (), (), guess={})


def left(model: Model, t: float) -> float:
    v = model.value
    return v("Fading.A") * math.exp(-v("Fading.k") * t) + 0.01 * (v("Fading.V") + 20.0)


def shift(model: Model) -> float:
    if model.value("Fading.A") > 9.0:
        raise NoValue("too much of it")
    return model.value("Fading.V")


def fading(*more: Free, top: float = 50.0) -> Fit:
    free = (
        Free("Fading.A", 1.0, top, reason="x"),
        Free("Fading.k", 0.01, 5.0, reason="x"),
        Free("Fading.V", -60.0, 10.0, reason="x"),
    )
    seen = [(t, 5.0 * math.exp(-0.3 * t)) for t in (0.0, 1.0, 3.0, 8.0)]
    targets = tuple(aim(f"left.{t:g}", left, y, 0.05, "1", "MgsimDesign", t=t) for t, y in seen)
    return Fit("x", "fading", (*free, *more), (*targets, aim("shift", shift, -20.0, 1.0, "mV", "MgsimDesign")))


@pytest.mark.parametrize("seed", [1, 2])
def test_the_search_finds_known_values_again(seed: int) -> None:
    fit = fading()
    start = scattered(fit, MODEL, seed, factor=2.0)
    assert start != {f.path: MODEL.value(f.path) for f in fit.free}
    found = solve(fit, base=MODEL, start=start)
    assert found.ended == "settled" and not found.not_reached
    for v in found.values:
        assert v.found == pytest.approx(MODEL.value(v.path), rel=2e-3)
        assert v.start == pytest.approx(start[v.path])
    assert max(abs(r.z) for r in found.after) < 0.05


def test_uncertainty_is_what_the_spreads_allow() -> None:
    found = solve(fading(), base=MODEL)
    v = {value.path: value for value in found.values}
    # By hand: slopes of the four levels, in spreads, for ln A and ln k.
    t = np.array([0.0, 1.0, 3.0, 8.0])
    level = 5.0 * np.exp(-0.3 * t) / 0.05
    J = np.column_stack([level, -0.3 * t * level, np.full(4, 0.2)])
    J = np.vstack([J, [0.0, 0.0, 1.0]])
    sigma = np.sqrt(np.diag(np.linalg.inv(J.T @ J)))
    assert [v[p].uncertainty for p in ("Fading.A", "Fading.k", "Fading.V")] == pytest.approx(sigma, rel=0.03)


def test_what_no_target_sees_stays_where_it_is_and_is_unknown() -> None:
    found = solve(fading(Free("Fading.hidden", 0.1, 10.0, reason="x")), base=MODEL)
    hidden = found.values[-1]
    assert hidden.found == 2.0 and math.isinf(hidden.uncertainty)
    assert found.as_dict()["parameters"]["Fading.hidden"]["uncertainty"] is None
    pulled = solve(fading(Free("Fading.hidden", 0.1, 10.0, 4.0, 0.3, reason="x")), base=MODEL).values[-1]
    assert pulled.found == pytest.approx(4.0, rel=1e-3) and pulled.uncertainty == pytest.approx(0.3, rel=1e-3)


def test_a_bound_that_holds_is_said() -> None:
    found = solve(fading(top=4.0), base=MODEL, start={"Fading.A": 3.0})
    A = found.values[0]
    assert A.found == pytest.approx(4.0, rel=1e-3) and A.at_bound and not A.reached
    assert [v.path for v in found.not_reached][0] == "Fading.A"


def test_trials_without_a_value_are_counted_and_survived() -> None:
    found = solve(fading(), base=MODEL, start={"Fading.A": 30.0})
    assert found.failures["too much of it"] >= 1
    assert found.values[0].found == pytest.approx(5.0, rel=0.01)


def test_what_is_tied_follows() -> None:
    tied = replace(fading(), tied={"Fading.hidden": lambda base, trial: 10.0 / trial.value("Fading.A")})
    found = solve(tied, base=MODEL.with_({"Fading.A": 6.0}))
    assert found.changes["Fading.hidden"] == pytest.approx(2.0, rel=2e-3)
    with pytest.raises(InputError, match="stands there twice"):
        replace(fading(), tied={"Fading.A": lambda base, trial: 1.0})


def test_stopped_it_keeps_the_best_so_far() -> None:
    asked: list[int] = []

    def stop() -> bool:
        asked.append(1)
        return len(asked) > 40

    found = solve(fading(), base=MODEL, start={"Fading.A": 8.0, "Fading.k": 1.0}, jobs=1, stop=stop)
    assert found.ended == "interrupted" and len(asked) < 60
    assert sum(r.residual**2 for r in found.after) <= _squares({"Fading.A": 8.0, "Fading.k": 1.0})


def _squares(values: dict[str, float]) -> float:
    return sum(t.read(MODEL.with_(values)).residual ** 2 for t in fading().targets)


def test_a_start_outside_the_bounds_is_refused() -> None:
    with pytest.raises(InputError, match=r"Fading.A = 500 is outside its bounds, 1 to 50"):
        solve(fading(), base=MODEL, start={"Fading.A": 500.0})


def test_names_are_found_or_answered() -> None:
    assert [s.id for s in find("mouse_edl.closure")] == ["mouse_edl.closure"]
    order = [s.name for s in find("human_triceps_surae")]
    assert order.index("contraction") < order.index("energy") < order.index("closure")
    with pytest.raises(InputError, match="mouse_edl.closure"):
        find("mouse_edl.closur")


def test_each_closure_stands_after_all_fits_of_its_fibre() -> None:
    for fibre in {step.fibre for step in steps().values()}:
        own = [step for step in steps().values() if step.fibre == fibre]
        assert isinstance(own[-1], Closing) and sum(isinstance(s, Closing) for s in own) == 1
