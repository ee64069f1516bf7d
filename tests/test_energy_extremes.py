"""Every number of the energy metabolism from a tenth to three times: a clear end, nothing below zero, sums kept."""

from __future__ import annotations

import numpy as np
import pytest

import mgsim
from mgsim.resting_state import NoRest
from mgsim.starting_state import initial_state

MECHANISMS = (
    "ATPBinding", "PhosphateBinding", "CreatineKinase", "AdenylateKinase", "AMPDeaminase", "Glycolysis",
    "Mitochondria", "ProtonBalance", "PhosphatePrecipitation", "RestingWork",
)  # fmt: skip
EDL = mgsim.fibre.mouse_edl()
# Not amounts or rates: shares that add up to one, and numbers on a logarithmic scale.
KEPT = {"Mitochondria.f_A0", "Mitochondria.y_0"}
PATHS = [
    path
    for path, declared in EDL.declared.items()
    if path.partition(".")[0] in MECHANISMS and path not in KEPT and "pH" not in path and "pK" not in path
]
WORK = mgsim.fatigue(duration="15 s", recovery="5 s", every="1 s")


@pytest.mark.parametrize("factor", [0.1, 3.0])
@pytest.mark.parametrize("path", PATHS)
@pytest.mark.slow
def test_an_extreme_number_ends_clearly(path: str, factor: float) -> None:
    model = EDL.suddenly({path: EDL.value(path) * factor})
    try:
        start = initial_state(model)
        result = mgsim.simulate(model, WORK, time_budget=20.0)
    except NoRest as error:
        assert "\n" not in str(error)
        return
    assert result.outcome.kind in {"done", "failed"} and (result.outcome.ok or result.outcome.message)
    system = start.program.system
    for q, scale in zip(system.states, start.scales, strict=True):
        if q.unit in ("µM", "mM") and q.species != "q" and q.name != "HT_bulk":
            assert result[q.name].min() * q.factor > -1e-5 * scale, q.name
    states = np.array([result[q.name] * q.factor for q in system.states]).T
    for law, row in zip(start.laws, start.law_rows(), strict=True):
        change = np.abs(states @ row - states[0] @ row).max()
        assert change < 1e-12 * (np.abs(states) @ np.abs(row)).max(), law.name
