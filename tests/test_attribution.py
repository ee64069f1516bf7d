"""Attribution: what is blind sees nothing, shares are what they say, and every wrong question gets one line."""

from __future__ import annotations

import numpy as np
import pytest

import mgsim
from mgsim.attribution.null_model import buffers_only
from mgsim.attribution.sight import PARTS, blinded, parts_of
from mgsim.language.errors import InputError
from mgsim.resting_state import resolve

EDL = mgsim.fibre.mouse_edl
TWITCH = mgsim.twitch(duration="0.2 s")


# ------------------------------------------------------------------ who sees magnesium
def test_every_mechanism_that_reads_magnesium_belongs_to_one_part() -> None:
    named = [mechanism for part in PARTS for mechanism in part.mechanisms]
    assert len(named) == len(set(named))
    for fibre in mgsim.fibre.__all__:
        model = getattr(mgsim.fibre, fibre)()
        reads = {
            p.mechanism.__name__
            for p in model.mechanisms
            for d in p.mechanism.declarations.values()
            if getattr(d, "species", "") == "Mg"
        }
        assert reads - {"JunctionalExchange"} <= set(named)


@pytest.mark.parametrize("fibre", ["mouse_edl", "calcium_core"])
def test_where_every_part_is_blind_magnesium_does_nothing(fibre: str) -> None:
    normal = getattr(mgsim.fibre, fibre)()
    low = normal.with_(Mg="0.4 mM")
    forces = [
        mgsim.simulate(blinded(model, "Mg", parts_of(model, "Mg")), TWITCH)["force"] for model in (normal, low)
    ]
    np.testing.assert_allclose(forces[1], forces[0], rtol=1e-9)


# ------------------------------------------------------------------ the null model
def test_the_null_model_rests_at_normal_magnesium_as_the_fibre_does() -> None:
    fibre, null = resolve(EDL()), resolve(buffers_only(EDL()))
    for q, y in zip(fibre.program.system.states, fibre.rest, strict=True):
        assert null.rest[null.program.system.index[q.name]] == pytest.approx(y, rel=1e-6, abs=1e-12), q.name


def test_in_the_null_model_no_gate_sees_magnesium_and_every_buffer_does() -> None:
    low = EDL().with_(Mg="0.3 mM")
    null, full, normal = (mgsim.simulate(model, TWITCH) for model in (buffers_only(low), low, EDL()))
    assert null["MgATP_bulk"][0] == pytest.approx(full["MgATP_bulk"][0], rel=0.02)
    assert null["Parvalbumin.MgP"][0] < 0.8 * normal["Parvalbumin.MgP"][0]
    # RyR1 that does not see magnesium leaks no more than at the normal rest.
    assert null["P_open"][0] < 1.3 * normal["P_open"][0] < full["P_open"][0]


def test_what_is_normal_can_be_another_level_of_magnesium() -> None:
    normal = EDL().with_(Mg="0.6 mM")
    null = buffers_only(normal.with_(Mg="0.3 mM"), normal)
    assert null.reference.value("Mg") == 0.6
    assert null.value("Mg") == 0.3
    assert buffers_only(normal, normal).value("Mg") == 0.6
    seen = mgsim.simulate(buffers_only(normal, normal), TWITCH)
    assert seen["P_open"][0] == pytest.approx(mgsim.simulate(normal, TWITCH)["P_open"][0], rel=1e-6)


@pytest.mark.parametrize(
    "normal",
    [
        lambda: mgsim.fibre.mouse_soleus(),
        lambda: EDL().at("16 °C"),
        lambda: EDL().acute(Mg="0.4 mM"),
        lambda: EDL().blind("SERCA", "Mg"),
        lambda: EDL().without("Parvalbumin"),
    ],
    ids=["other fibre", "other temperature", "disturbed", "blind", "knocked out"],
)
def test_only_the_same_preparation_at_rest_is_its_normal(normal) -> None:
    with pytest.raises(InputError, match="normal fibre|no change of"):
        buffers_only(EDL().with_(Mg="0.2 mM"), normal())
