"""Isolated muscle in a bath with more potassium: tetanic force, calcium, and what a stimulated pump brings back.

Sodium of the bath gives way to what potassium comes in. A bath is changed suddenly and the muscle left in it.
Salbutamol in it stimulates the Na/K pump.
"""

from __future__ import annotations

from mgsim import measure
from mgsim.evidence.experiments.recording import number, record
from mgsim.language.model import Model
from mgsim.protocol import rest, train

SOAKING = 900.0  # s in the bath before the test
SALBUTAMOL = 1e-4  # ms⁻¹; all pumps are stimulated within half a minute


def bathed(model: Model, K: float, salbutamol: bool = False) -> Model:
    """Put a rested fibre into a bath of this K+ (mM)."""
    change = K - model.value("Milieu.K_b")
    return model.suddenly(
        {
            "Milieu.K_b": K,
            "Milieu.Na_b": model.value("Milieu.Na_b") - change,
            "SodiumPump.k_beta": SALBUTAMOL if salbutamol else model.value("SodiumPump.k_beta"),
        }
    )


def force_left(
    model: Model,
    K: float,
    rate: float = 60.0,
    length: float = 0.5,
    temperature: str = "30 °C",
    salbutamol: bool = False,
    soaking: float = SOAKING,
) -> float:
    """Return the tetanic force after a time in a bath of this K+ over that in the usual bath.

    Parameters
    ----------
    model : Model
        The preparation.
    K : float
        K+ of the bath, mM.
    rate, length : float
        The tetanus: Hz and s.
    temperature : str
        Of the bath.
    salbutamol : bool
        Whether the bath holds salbutamol from its change on.
    soaking : float
        Time in the bath before the tetanus, s.
    """
    warm = model.at(temperature)
    protocol = rest(soaking).then(train(rate, length, after="0.2 s"))
    forces = [number(measure.amplitude(record(m, protocol))) for m in (bathed(warm, K, salbutamol), warm)]
    return forces[0] / forces[1]


def calcium_left(
    model: Model, K: float, pulses: int = 10, rate: float = 100.0, temperature: str = "20 °C", soaking: float = 300.0
) -> float:
    """Return how far free Ca2+ rises in a short train in a bath of this K+ (mM), over that in the usual bath."""
    warm = model.at(temperature)
    protocol = rest(soaking).then(train(rate, (pulses - 0.5) / rate, after="0.2 s"))
    rises = [number(measure.amplitude(record(m, protocol), "Ca")) for m in (bathed(warm, K), warm)]
    return rises[0] / rises[1]


def depolarisation_by_pump_loss(model: Model, lost: float = 0.21, temperature: str = "37 °C") -> float:
    """Return by how much (mV) the resting potential is less negative once a share of the Na/K pumps is lost."""
    warm = model.at(temperature)
    fewer = warm.with_({"SodiumPump.dens": (1.0 - lost) * model.value("SodiumPump.dens")})
    depolarised, usual = (float(record(m, rest(0.01))["V_sarcolemma"][0]) for m in (fewer, warm))
    return depolarised - usual


def pump_reserve(model: Model, rate: float = 60.0, length: float = 10.0, temperature: str = "30 °C") -> float:
    """Return the highest rate of the Na/K pump during a tetanus over that at rest."""
    result = record(model.at(temperature), train(rate, length, after="2 s"), every="5 ms")
    pump = result["J_ATP_NaK[sarcolemma]"] + result["J_ATP_NaK[tubule]"]
    return float(pump.max() / pump[0])
