"""How far the published spread of the numbers carries to what is computed: curves with their bands."""

from mgsim.uncertainty.bands import Band
from mgsim.uncertainty.intervals import Interval
from mgsim.uncertainty.running import band
from mgsim.uncertainty.uncertain import Uncertain, uncertain

__all__ = ["Band", "Interval", "Uncertain", "band", "uncertain"]
