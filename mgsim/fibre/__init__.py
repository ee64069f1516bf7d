"""The muscle fibre: its mechanisms, one a file, and the preparations made of them."""

from mgsim.fibre.core import calcium_core
from mgsim.fibre.human import human_fast, human_slow, human_triceps_surae
from mgsim.fibre.mouse import mouse_edl, mouse_soleus

__all__ = ["calcium_core", "human_fast", "human_slow", "human_triceps_surae", "mouse_edl", "mouse_soleus"]
