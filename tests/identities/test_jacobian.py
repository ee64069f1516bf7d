"""The compiled Jacobian and rates are those of the expression graph, evaluated directly with complex steps."""

from __future__ import annotations

import numpy as np
import pytest

from mgsim.resting_state import Resolved, resolve
from tests.engine.evaluate import evaluate
from tests.identities.cases import CASES, each_fibre, fibre_of

TABLE = CASES["jacobian"]


def random_state(start: Resolved, chance: np.random.Generator) -> np.ndarray:
    """Draw a state far from rest: amounts by ratio, gates anywhere, potentials between -100 and +40 mV."""
    y = start.rest * np.exp(chance.normal(0.0, 0.7, len(start.rest)))
    for i, q in enumerate(start.program.system.states):
        if q.unit == "1":
            y[i] = chance.uniform(0.0, 1.0)
        elif q.species == "q":
            y[i] = start.rest[i] * chance.uniform(-0.5, 1.2)
    return y


@pytest.mark.parametrize("preparation", TABLE["preparations"])
@each_fibre
def test_jacobian_and_rates_are_exact(fibre, preparation):
    start = resolve(fibre_of(fibre, preparation))
    system, size = start.program.system, len(start.rest)
    chance = np.random.default_rng(1)
    parameters = dict(zip(start.program.program.parameters, start.parameters, strict=True))
    for _ in range(TABLE["states"]):
        y = random_state(start, chance)
        u = chance.uniform(0.0, 1.0, len(system.inputs))
        shifted = y[:, None] + 1e-30j * np.eye(size)
        given = {**parameters, **dict(zip(system.inputs, u, strict=True))}
        given |= {q.symbol: shifted[i] for i, q in enumerate(system.states)}
        values = np.array([np.broadcast_to(v, size) for v in evaluate(system.derivatives, given)])
        exact = values.imag / 1e-30 * start.scales
        # The entries of a row are measured by its largest: one that cancels to nothing has no digits of its own.
        away = np.abs(start.program.jacobian(y, u, start.c) * start.scales - exact).max(axis=1)
        worst = int(np.argmax(away / np.abs(exact).max(axis=1)))
        assert away[worst] <= TABLE["tolerance"] * np.abs(exact[worst]).max(), system.states[worst].name
        terms = np.abs(exact / start.scales) @ np.abs(y)
        assert np.all(np.abs(start.program.rates(y, u, start.c) - values[:, 0].real) <= TABLE["tolerance"] * terms)


@each_fibre
def test_outputs_and_constants_are_those_of_the_graph(fibre):
    start = resolve(fibre_of(fibre))
    system = start.program.system
    chance = np.random.default_rng(2)
    rows = np.array([random_state(start, chance) for _ in range(50)])
    given = dict(zip(start.program.program.parameters, start.parameters, strict=True))
    given |= {q.symbol: rows[:, i] for i, q in enumerate(system.states)}
    direct = np.array([np.broadcast_to(v, len(rows)) for v in evaluate(system.output_laws, given)]).T
    np.testing.assert_allclose(start.program.outputs(rows, start.c), direct, rtol=1e-11, atol=1e-13)
    np.testing.assert_allclose(start.scales, evaluate([q.scale for q in system.states], given), rtol=1e-14)
    np.testing.assert_allclose(start.program.volumes(start.c), evaluate(system.volumes, given), rtol=1e-14)
