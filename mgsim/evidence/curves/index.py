"""Which pictures there are, and about which rows each of them is."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from mgsim.evidence.curves import (
    calcium,
    chemistry,
    deficiency,
    energy,
    fatigue,
    filament,
    human,
    magnesium,
    motor_unit,
    null_model,
    phosphate,
    potassium,
    potentiation,
    release,
    shortening,
    store,
    twitch,
    uptake,
)
from mgsim.evidence.curves.picture import Fibres, Picture


@dataclass(frozen=True)
class Entry:
    """A picture that can be drawn.

    Attributes
    ----------
    name : str
        A short name, once in the index.
    rows : tuple of str
        The rows that it is about; it stands under the topic of the first.
    draw : callable
        What runs its experiments.
    """

    name: str
    rows: tuple[str, ...]
    draw: Callable[[Fibres], Picture]


def _entry(draw: Callable[[Fibres], Picture], rows: str) -> Entry:
    module = draw.__module__.rpartition(".")[2]
    return Entry(f"{module}-{draw.__name__.replace('_', '-')}", tuple(rows.split()), draw)


INDEX = (
    _entry(calcium.fast, "T1 T2"),
    _entry(calcium.warm, "T1.warm T2.warm"),
    _entry(calcium.slow, "T3.peak T3.width"),
    _entry(calcium.ligand, "T10.Ca T10.CaATP"),
    _entry(calcium.decay, "T8 T8.progressive"),
    _entry(release.flux, "T5.peak T5.width"),
    _entry(release.amount, "T9 T4"),
    _entry(release.train, "T5.second T5.fifth"),
    _entry(release.recovery, "T7.rate T7.level"),
    _entry(twitch.twitches, "T20.TTP T20.HRT T20.soleus.TTP T20.soleus.HRT"),
    _entry(twitch.tetanus, "T20.ratio T20.soleus.ratio"),
    _entry(twitch.force_frequency, "T20.half_Hz"),
    _entry(twitch.fade, "T20.fade"),
    _entry(twitch.without_parvalbumin, "PV.force PV.time PV.relaxation"),
    _entry(potentiation.growth, "staircase staircase.alone"),
    _entry(potentiation.phosphorylation, "staircase.phosphate"),
    _entry(human.twitch, "T12.CT T12.HRT T13.LG T13.MG T13.soleus"),
    _entry(human.doublet, "T15.CT T15.HRT"),
    _entry(human.fusion, "T12.fusion"),
    _entry(human.force_frequency, "T15.ratio"),
    _entry(motor_unit.twitches, "T17.fast T17.slow"),
    _entry(motor_unit.burke, "T19.FF T19.S"),
    _entry(magnesium.threshold, "T22.normal T22.het T22.mhs T22.soleus"),
    _entry(store.contracting, "T24.contracts T24.repeats T24.subsides"),
    _entry(calcium.low_magnesium, "T25.peak T25.decay"),
    _entry(magnesium.events, "T26.0.6 T26.0.4 T26.0.2"),
    _entry(magnesium.permeability, "T27.0.6 T27.0.4 T27.0.2 P40"),
    _entry(release.against_magnesium, "T29.Mg"),
    _entry(release.against_ATP, "T29.ATP1 T29.ATP0.5"),
    _entry(magnesium.depolarised, "T31.3mM T31.10mM T35.Cl"),
    _entry(magnesium.emptying, "T31.store"),
    _entry(magnesium.step_to_none, "T35.release T35.blocked"),
    _entry(filament.against_magnesium, "T37.shift T37.slope T38.high T38.low"),
    _entry(filament.saturated, "T37.maximum"),
    _entry(filament.against_MgATP, "T40.pCa50.30 T40.pCa50.100 T40.hill.30 T40.hill.100"),
    _entry(filament.maximum, "T40.maximum"),
    _entry(store.force, "P72"),
    _entry(filament.splitting, "T41.ATPase"),
    _entry(filament.troponin, "T41.troponin"),
    _entry(uptake.slowing, "T42.slowing"),
    _entry(uptake.recovery, "T42.recovery"),
    _entry(uptake.against_magnesium, "T43.optimum T43.high T43.soleus"),
    _entry(uptake.pump, "T43.pump T43.pump.1µM T43.pump.soleus"),
    _entry(store.tetanus, "P60"),
    _entry(store.ADP, "P68.rate P68.load"),
    _entry(magnesium.parameter_free, "3b.0.8 3b.0.6 3b.0.4 3b.0.3 3b.0.2"),
    _entry(magnesium.parameter_free_threshold, "3b.mhs 3b.het"),
    _entry(chemistry.dissociation, "P15.37 P15.acid P15.20"),
    _entry(
        chemistry.after_work, "T50.8.1 T50.6 T50.4 T50.2 T50.8.1.high T50.6.high T50.4.high T50.2.high"
    ),
    _entry(
        chemistry.creatine_kinase,
        "P17.0.1 P17.0.25 P17.0.5 P17.1 P17.2 P17.0.1.acid P17.0.25.acid P17.0.5.acid P17.1.acid P17.2.acid",
    ),
    _entry(shortening.speed_against_load, "P76.mouse.35 P76.soleus"),
    _entry(shortening.speed_against_MgATP, "T44.frog T44.rabbit"),
    _entry(energy.ions, "P90.human P90.mouse P90.soleus"),
    _entry(energy.one_contraction, "P88"),
    _entry(energy.gated, "P89.gated"),
    _entry(energy.recovery, "P89.repeated P89.quadriceps"),
    _entry(energy.acidity, "P89.acid"),
    _entry(energy.cuff, "rest.ischaemia"),
    _entry(energy.acidification, "P91"),
    _entry(fatigue.force, "T46.phase1 T46.phase1.Ca T46.plateau T46.phase3 T46.phase3.Ca"),
    _entry(fatigue.relaxation, "T46.relaxation"),
    _entry(fatigue.magnesium, "T48.early T48.late"),
    _entry(fatigue.phosphate, "T55.mouse"),
    _entry(fatigue.frog, "T47.force10 T47.Ca10 T47.Ca50"),
    _entry(fatigue.frog_rest, "T47.rest50 T47.rest60s T47.rest25min"),
    _entry(fatigue.poisoned, "T49"),
    _entry(fatigue.bloodless, "T51"),
    _entry(fatigue.held, "T52.force T52.ATP"),
    _entry(fatigue.held_phosphate, "T55.human"),
    _entry(fatigue.held_acidity, "T52.r"),
    _entry(fatigue.all_out, "T53"),
    _entry(fatigue.stimulated, "T54.1Hz T54.10Hz T54.100Hz"),
    _entry(fatigue.stimulated_energy, "T54.10Hz.PCr T54.100Hz.level T54.100Hz.PCr"),
    _entry(phosphate.force, "P74 P74.warm"),
    _entry(phosphate.release, "T33.10mM T33.20mM T33.50mM"),
    _entry(potassium.force, "T61.EDL T61.pump.EDL T61.soleus T61.pump.soleus"),
    _entry(potassium.calcium, "T62.10mM T62.15mM"),
    _entry(potassium.exercise, "T58.K T59.K"),
    _entry(potassium.interstitium, "T59.interstitium"),
    _entry(deficiency.phosphocreatine, "T67.PCr"),
)


def pictures_of(rows: Collection[str]) -> tuple[Entry, ...]:
    """Return the pictures that are about any of these rows."""
    return tuple(entry for entry in INDEX if any(row in rows for row in entry.rows))


NULL_MODEL = (
    _entry(null_model.twitch, ""),
    _entry(null_model.strength, ""),
    _entry(null_model.slow_train, ""),
    _entry(null_model.fast_train, ""),
)
