"""The fibres, preparations and protocols of ``cases.toml``, made into models and protocols."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

import mgsim
from mgsim.engine.integrate import integrate
from mgsim.engine.kernel import Kernels
from mgsim.protocol import Protocol
from mgsim.resting_state import Resolved, carry_over
from mgsim.result import Result
from mgsim.segments import grips_of, segments_of
from mgsim.starting_state import initial_state

CASES: dict[str, Any] = tomllib.loads(Path(__file__).with_name("cases.toml").read_text(encoding="utf-8"))
FIBRES = tuple(CASES["fibres"])
MS = 1000.0

each_fibre = pytest.mark.parametrize("fibre", FIBRES)


def fibre_of(name: str, preparation: str = "normal") -> mgsim.Model:
    """Make a fibre of ``cases.toml`` in one of its preparations, as far as it has the mechanisms for it."""
    model = getattr(mgsim.fibre, name)()
    for method, given in CASES["preparations"][preparation].items():
        if method == "blind":
            for mechanism, species in given:
                if any(p.mechanism.__name__ == mechanism for p in model.mechanisms):
                    model = model.blind(mechanism, species)
        elif method == "at":
            model = model.at(given)
        else:
            given = {n: v for n, v in given.items() if n != "PV_tot" or "Parvalbumin.PV_tot" in model.declared}
            model = getattr(model, method)(**given)
    return model


def protocol_of(name: str) -> Protocol:
    """Make a protocol of ``cases.toml``."""
    given = dict(CASES["protocols"][name])
    made: Protocol = getattr(mgsim, given.pop("make"))
    holds = given.pop("held", ())
    protocol = made(*given.pop("with", ()), **given)
    for hold in holds:
        protocol = protocol.held(*hold)
    return protocol


def run(model: mgsim.Model, protocol: Protocol, **options: Any) -> tuple[Result, Resolved]:
    """Simulate, and give the program that ran with the state it started from."""
    result = mgsim.simulate(model, protocol, **options)
    start = initial_state(model)
    grips = grips_of(start, protocol)
    if grips:
        start = carry_over(start.model.hold(n for g in grips for n in g.levels), start)
    return result, start


def states_at(
    start: Resolved, protocol: Protocol, times: NDArray[np.float64], rtol: float, kernels: Kernels | None = None
) -> NDArray[np.float64]:
    """Integrate a protocol without clamps, and give the states at some times (ms) as rows."""
    end = protocol.duration * MS
    ran = integrate(
        kernels or start.program.kernels,
        start.rest,
        segments_of(start, protocol, [], 0.0, end),
        times,
        start.c,
        start.scales,
        rtol,
    )
    assert ran.status == "done", ran.message
    return ran.Y


def states_of(result: Result, start: Resolved) -> NDArray[np.float64]:
    """The states of a result as rows, in internal units and in the order of the program."""
    return np.array([result[q.name] * q.factor for q in start.program.system.states]).T


def deviation(table: str, **case: Any) -> dict[str, Any] | None:
    """Find the known deviation of a case: every key it names has to fit."""
    for known in CASES[table].get("deviation", ()):
        if all(case.get(key) == value for key, value in known["of"].items()):
            assert known["reason"]
            return dict(known)
    return None
