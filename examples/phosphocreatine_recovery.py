"""How fast does phosphocreatine come back after work, and does low free Mg2+ change it?

The sign is open: it depends on what respiration senses, which no measurement has settled. The model can sense all of
ADP (as it does by default), or only ADP without Mg2+, or only ADP with it; here are all three.
"""

import numpy as np

import mgsim

fibre = mgsim.fibre.mouse_edl()
work = mgsim.recovery(mgsim.fatigue(duration="60 s", recovery=0), "5 min", tests=None)
senses = {"all ADP": {}, "Mg-free ADP": {"Mitochondria.w_f": 1}, "MgADP": {"Mitochondria.w_m": 1}}


def half_time(run):
    """Read when half of what phosphocreatine lost was back, counted from the end of the work, s."""
    after = run.window("60 s")
    pcr = after["PCr_total_bulk"]
    middle = (pcr[0] + run["PCr_total_bulk"][0]) / 2
    return after.time[np.argmax(pcr >= middle)] - 60 if pcr.max() >= middle else np.inf


shown = {}
print("what is sensed   free Mg   lowest PCr   half of it is back after")
for sensed, weights in senses.items():
    for level in ["0.9 mM", "0.6 mM"]:
        run = mgsim.simulate(fibre.with_(weights, Mg=level), work)
        shown[f"{level}, {sensed}"] = run
        print(f"{sensed:15}  {level}  {run['PCr_total_bulk'].min() / 1000:7.1f} mM  {half_time(run):14.1f} s")

mgsim.plot.save(mgsim.plot.traces(shown, ["PCr_total_bulk"]), "phosphocreatine_recovery.png")
print("wrote phosphocreatine_recovery.png")
