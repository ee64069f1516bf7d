"""The calcium pump: what competes with calcium outside moves its curve along the calcium axis, and does no more."""

from __future__ import annotations

import numpy as np
import pytest

from mgsim.resting_state import resolve
from tests.engine.evaluate import evaluate
from tests.identities.cases import fibre_of

# What hinders the pump from inside the reticulum and from behind; without it uptake is a function of the front.
BEHIND = ("CaSR_longitudinal", "ADP_bulk", "MgADP_bulk", "Pi_bulk", "MgPi_bulk")


def uptake(fibre: str, Ca: float, pH: float, Mg: float) -> float:
    """Return uptake (µM/ms) at free calcium and Mg2+ (µM) and a pH, with nothing that drives the pump backwards."""
    start = resolve(fibre_of(fibre))
    system = start.program.system
    law = system.output_laws[[q.name for q in system.outputs].index("J_up")]
    given = dict(zip(start.program.program.parameters, start.parameters, strict=True))
    given |= {q.symbol: y for q, y in zip(system.states, start.rest, strict=True)}
    changed = {"Ca_bulk": Ca, "Mg_bulk": Mg, "ProtonBalance.pH": pH} | dict.fromkeys(BEHIND, 0.0)
    given |= {system.states[system.index[name]].symbol: value for name, value in changed.items()}
    return float(evaluate([law], given)[0])


def rivals(pH: float, Mg: float) -> float:
    """Return the calcium-free forms of the pump per empty one, from the published constants of H+ and Mg2+ (µM)."""
    H = 10.0 ** (6.0 - pH)
    return 1.0 + H / 1e-3 * (1.0 + H / 1.32) + Mg / 165.0 * (1.0 + Mg / 7400.0)


@pytest.mark.parametrize("fibre", ["mouse_edl", "mouse_soleus", "human_slow"])
@pytest.mark.parametrize(("pH", "Mg"), [(6.2, 900.0), (6.5, 2500.0), (7.4, 900.0), (7.05, 50.0), (7.05, 10000.0)])
def test_protons_and_magnesium_compete_with_calcium(fibre, pH, Mg):
    shift = np.sqrt(rivals(pH, Mg) / rivals(7.05, 900.0))
    for Ca in (0.05, 0.3, 1.0, 5.0):
        assert uptake(fibre, Ca * shift, pH, Mg) == pytest.approx(uptake(fibre, Ca, 7.05, 900.0), rel=1e-3)


def test_calcium_in_plenty_drives_them_off():
    most = uptake("mouse_edl", 1000.0, 7.05, 900.0)
    assert uptake("mouse_edl", 1000.0, 6.2, 10000.0) == pytest.approx(most, rel=1e-3)
    assert uptake("mouse_edl", 0.2, 6.5, 900.0) < 0.5 * uptake("mouse_edl", 0.2, 7.05, 900.0)
