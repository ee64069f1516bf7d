"""What must not change a result: when it is sampled, when it begins, and in how many pieces it is run."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest

import mgsim
from mgsim.conservation import laws_of
from mgsim.engine.compiled import Compiled
from mgsim.engine.integrate import integrate
from mgsim.resting_state import resolve
from mgsim.segments import segments_of
from tests.identities.cases import CASES, MS, each_fibre, fibre_of, protocol_of, states_at

TABLE = CASES["invariances"]
RTOL = 1e-5


@pytest.mark.parametrize("protocol", TABLE["protocols"])
@each_fibre
def test_more_samples_change_no_bit(fibre, protocol):
    model, done = fibre_of(fibre), protocol_of(protocol)
    coarse = mgsim.simulate(model, done, every="1 ms")
    for every, share in (("0.5 ms", 2), ("0.125 ms", 8)):
        fine = mgsim.simulate(model, done, every=every)
        np.testing.assert_array_equal(fine.time[::share], coarse.time)
        for name in coarse:
            np.testing.assert_array_equal(fine[name][::share], coarse[name], err_msg=name)
        assert fine.provenance["solver"] == coarse.provenance["solver"]


@each_fibre
def test_a_run_is_repeated_to_the_bit(fibre):
    one, other = (mgsim.simulate(fibre_of(fibre), protocol_of("train")) for _ in range(2))
    for name in one:
        np.testing.assert_array_equal(one[name], other[name], err_msg=name)


def test_a_fresh_process_gives_the_same_bits():
    code = (
        "import mgsim, hashlib, sys; r = mgsim.simulate(mgsim.fibre.mouse_edl(), mgsim.twitch());"
        "sys.stdout.write(hashlib.sha256(b''.join(r[n].tobytes() for n in r)).hexdigest())"
    )
    there = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    here = mgsim.simulate(mgsim.fibre.mouse_edl(), mgsim.twitch())
    assert hashlib.sha256(b"".join(here[n].tobytes() for n in here)).hexdigest() == there


def test_threads_give_the_same_bits():
    models = [mgsim.fibre.mouse_edl().with_(Mg=m) for m in (0.9, 0.7, 0.5, 0.3)]
    alone = [mgsim.simulate(m, protocol_of("train"))["force"] for m in models]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda m: mgsim.simulate(m, protocol_of("train"))["force"], models))
    for one, other in zip(alone, together, strict=True):
        np.testing.assert_array_equal(one, other)


@each_fibre
def test_shifting_all_stimuli_shifts_the_result(fibre):
    early = mgsim.pulses(["10 ms", "14 ms", "61.3 ms"], duration="0.2 s")
    late = mgsim.pulses(["85 ms", "89 ms", "136.3 ms"], duration="0.275 s")
    model = fibre_of(fibre)
    one, other = (mgsim.simulate(model, p, every="1 ms") for p in (early, late))
    scales = resolve(model).scales
    for q, scale in zip(model.system.states, scales, strict=True):
        moved = other[q.name][75:] * q.factor
        away = np.abs(moved - one[q.name] * q.factor) / (scale + np.abs(moved))
        assert away.max() < TABLE["shift"] * RTOL, q.name


@each_fibre
def test_clamps_change_nothing_before_they_begin(fibre):
    model, done = fibre_of(fibre), mgsim.twitch(duration="0.15 s")
    free = mgsim.simulate(model, done, every="1 ms")
    late = done.held("Mg", "0.2 mM", "40 ms", "60 ms").held("Mg", "2 mM", "100 ms", "120 ms")
    held, first = (
        mgsim.simulate(model, late, every="1 ms"),
        mgsim.simulate(model, late.held("Ca", "1 µM", "140 ms"), every="1 ms"),
    )
    for q, scale in zip(model.system.states, resolve(model).scales, strict=True):
        for one, other, until in ((free, held, 40), (held, first, 140)):
            # At the moment itself everything is where it was, but for what is taken hold of.
            last = until if q.species in ("Mg", "Ca") else until + 1
            before = one[q.name][:last] * q.factor
            away = np.abs(other[q.name][:last] * q.factor - before) / (scale + np.abs(before))
            assert away.max() < TABLE["shift"] * RTOL, q.name


@each_fibre
def test_splitting_a_run_changes_it_within_the_tolerance(fibre):
    start, done = resolve(fibre_of(fibre)), protocol_of("short_train")
    end = done.duration * MS
    times = np.arange(0.0, end, 0.5)
    whole = states_at(start, done, times, RTOL)
    y, rows = start.rest, []
    for begin, stop in ((0.0, 11.7), (11.7, 33.3), (33.3, end)):
        inside = times[(times >= begin) & (times < stop)]
        segments = segments_of(start, done, [], begin, stop)
        piece = integrate(start.program.kernels, y, segments, inside, start.c, start.scales, RTOL)
        rows.append(piece.Y)
        y = piece.y_end
    away = np.abs(np.concatenate(rows) - whole) / (start.scales + np.abs(whole))
    assert away.max() < TABLE["split"] * RTOL


@each_fibre
def test_the_order_of_the_mechanisms_does_not_matter(fibre):
    model = fibre_of(fibre)
    turned = replace(model, name=f"{model.name} turned", mechanisms=tuple(reversed(model.mechanisms)))
    one, other = resolve(model), resolve(turned)
    there = {q.name: i for i, q in enumerate(other.program.system.states)}
    order = [there[q.name] for q in one.program.system.states]
    np.testing.assert_allclose(other.rest[order], one.rest, rtol=1e-9, atol=1e-12 * one.scales.min())
    times = np.arange(0.0, 60.0, 0.5)
    done = protocol_of("short_train")
    rows = states_at(other, done, times, RTOL)[:, order]
    truth = states_at(one, done, times, RTOL)
    assert (np.abs(rows - truth) / (one.scales + np.abs(truth))).max() < TABLE["order"] * RTOL
    assert len(laws_of(turned)) == len(laws_of(model))


@each_fibre
def test_an_equal_model_made_anew_has_the_same_program(fibre):
    one, other = (getattr(mgsim.fibre, fibre)() for _ in range(2))
    assert Compiled(one.system).key == Compiled(other.system).key
    assert Compiled(one.system).key != Compiled(one.blind("SERCA", "Mg").system).key


@each_fibre
def test_values_given_in_other_units_are_the_same_values(fibre):
    model = fibre_of(fibre)
    one = mgsim.simulate(model.with_(Mg="0.4 mM", k_x="2 ms⁻¹").at("20 °C"), mgsim.twitch())
    other = mgsim.simulate(model.with_(Mg="400 µM", k_x="2000 Hz").at("293.15 K"), mgsim.twitch(duration="400 ms"))
    np.testing.assert_allclose(other["force"], one["force"], rtol=1e-12)
