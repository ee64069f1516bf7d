"""Magnesium that crosses the membrane: hours, a set point, and no anchor any more."""

import pytest

import mgsim
from mgsim.fibre.geometry import bulk
from mgsim.fibre.magnesium_exchange import MagnesiumExchange
from mgsim.fibre.parvalbumin import Parvalbumin
from mgsim.resting_state import resolve

fibre = mgsim.fibre.mouse_edl().plus(MagnesiumExchange.at(bulk))


def test_exchange_rests_at_its_set_point() -> None:
    rested = resolve(fibre.with_(Mg_set="0.4 mM"))
    assert rested.rest[rested.program.system.index["Mg_bulk"]] == pytest.approx(400.0, rel=1e-4)
    assert "total Mg" not in {law.name for law in rested.laws}


def test_exchange_takes_hours_as_in_frog_muscle() -> None:
    """Gilbert's slow phase is about 300 minutes; nothing here was fitted to it."""
    # In the core nothing else is as slow; a living fibre refills its glycogen for a day.
    core = mgsim.fibre.calcium_core().plus(MagnesiumExchange.at(bulk))
    assert 3.0 < resolve(core).slowest / 3600.0 < 8.0


def test_half_the_magnesium_outside_makes_half_inside() -> None:
    rested = resolve(fibre.with_(Mg_o="0.275 mM"))
    assert rested.rest[rested.program.system.index["Mg_bulk"]] == pytest.approx(450.0, rel=1e-4)


def test_the_idle_anchor_is_refused() -> None:
    with pytest.raises(mgsim.InputError, match="not conserved"):
        resolve(fibre.with_(Mg="0.4 mM"))


def test_without_parvalbumin_the_twitch_is_larger_and_slower() -> None:
    """The knock-out mouse: more calcium reaches troponin and leaves later."""
    normal = mgsim.simulate(mgsim.fibre.mouse_edl(), mgsim.twitch())
    knocked_out = mgsim.simulate(mgsim.fibre.mouse_edl().without(Parvalbumin), mgsim.twitch())
    assert knocked_out["force"].max() > normal["force"].max()
    assert float(mgsim.measure.half_duration(knocked_out, "force")) > float(
        mgsim.measure.half_duration(normal, "force")
    )
