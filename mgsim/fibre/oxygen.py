"""Supplies of oxygen by name, for fibres with an energy metabolism."""

from __future__ import annotations

from collections.abc import Mapping

from mgsim.language.errors import unknown

# What congestion does to a fibre is an assumption: a longer way for oxygen, half the washout.
_SUPPLIES: Mapping[str, Mapping[str, str | float]] = {
    "normal": {},
    "congested": {
        "Mitochondria.g_max": "0.20 mM/s",
        "ProtonBalance.k_L": "0.0006 1/s",
        "ProtonBalance.lam": "0.075 mM/s",
    },
    "ischaemic": {"Mitochondria.supply": 0.0},
    "hyperaemic": {"Mitochondria.g_max": "1.2 mM/s"},
}


def oxygen(supply: str) -> dict[str, str | float]:
    """Give the parameters of a supply of oxygen.

    Parameters
    ----------
    supply : {"normal", "congested", "ischaemic", "hyperaemic"}
        Ischaemic is a cuff: nothing flows in or out. Congested is a venous outflow that is held up.

    Examples
    --------
    >>> import mgsim
    >>> from mgsim.fibre.oxygen import oxygen
    >>> cuffed = mgsim.fibre.human_triceps_surae().suddenly(oxygen("ischaemic"))
    >>> run = mgsim.simulate(cuffed, mgsim.rest("10 min"))
    >>> bool(run["PCr_total_bulk"][-1] < 0.9 * run["PCr_total_bulk"][0])
    True
    """
    if supply not in _SUPPLIES:
        raise unknown("supply of oxygen", supply, _SUPPLIES)
    return dict(_SUPPLIES[supply])
