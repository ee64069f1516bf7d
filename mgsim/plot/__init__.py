"""Pictures for the lecture hall: each takes results, draws in given or new axes, and returns the axes."""

from mgsim.plot.attribution import mechanisms as mechanisms
from mgsim.plot.band import band as band
from mgsim.plot.energy import fatigue as fatigue
from mgsim.plot.energy import ledger as ledger
from mgsim.plot.figure import save as save
from mgsim.plot.mechanics import force_velocity as force_velocity
from mgsim.plot.mechanics import length_tension as length_tension
from mgsim.plot.recordings import side_by_side as side_by_side
from mgsim.plot.recordings import traces as traces
from mgsim.plot.relations import compare as compare
from mgsim.plot.relations import force_frequency as force_frequency
from mgsim.plot.relations import loop as loop
