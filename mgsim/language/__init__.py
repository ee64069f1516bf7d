"""The language in which mechanisms are written down.

Examples
--------
A buffer that takes up calcium, added to a fibre:

>>> import mgsim
>>> from mgsim.language import Mechanism, parameter, reaction, shared, state
>>> class Dye(Mechanism):
...     '''A calcium dye in the bulk of the cytosol.'''
...     total = parameter(100.0, "µM", "dye", source="MgsimDesign", evidence="D")
...     k_on = parameter(0.1, "µM⁻¹ ms⁻¹", "Ca²⁺ on", source="MgsimDesign", evidence="D")
...     k_off = parameter(9.8, "ms⁻¹", "Ca²⁺ off", source="MgsimDesign", evidence="D")
...     Ca = shared("µM", "free Ca²⁺")
...     CaD = state("µM", "dye holding Ca²⁺")
...     bind = reaction("Ca ⇌ CaD", k_on * Ca * (total - CaD) - k_off * CaD)
>>> from mgsim.fibre.geometry import bulk
>>> dyed = mgsim.fibre.mouse_edl().plus(Dye.at(bulk))
>>> mgsim.simulate(dyed, mgsim.twitch())["Dye.CaD"].max() > 5.0
np.True_
"""

from mgsim.language.declaration import (
    TEMPERATURE,
    define,
    output,
    parameter,
    rate,
    reaction,
    shared,
    slot,
    state,
    stimulus,
    transport,
)
from mgsim.language.errors import InputError
from mgsim.language.expression import exp, linoid, log, sqrt
from mgsim.language.mechanism import Mechanism, Place, Placed
from mgsim.language.model import Anchor, Model

__all__ = [
    "TEMPERATURE",
    "Anchor",
    "InputError",
    "Mechanism",
    "Model",
    "Place",
    "Placed",
    "define",
    "exp",
    "linoid",
    "log",
    "output",
    "parameter",
    "rate",
    "reaction",
    "shared",
    "slot",
    "sqrt",
    "state",
    "stimulus",
    "transport",
]
