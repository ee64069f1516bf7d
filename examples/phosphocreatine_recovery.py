"""Does low free Mg2+ slow the recovery of phosphocreatine after work?

The sign is open. It depends on what respiration senses, which no measurement has settled: all of ADP, only ADP without
Mg2+, or only ADP with it. Here are all three, on the mean fibre of the human calf.
"""

import numpy as np

import mgsim

fibre = mgsim.fibre.human_triceps_surae()
tetani = mgsim.fatigue(rate="20 Hz", train="400 ms", every="2 s", duration="2 min", recovery=0)
protocol = mgsim.recovery(tetani, "5 min", tests=None)
senses = {"all ADP": {}, "Mg-free ADP": {"Mitochondria.w_f": 1}, "MgADP": {"Mitochondria.w_m": 1}}


def time_constant(run):
    """Read when all but 1/e of what comes back in 5 min is back, counted from the end of the work, s."""
    after = run.window("2 min")
    pcr = after["PCr_total_bulk"]
    return after.time[np.argmax(pcr >= pcr[-1] - (pcr[-1] - pcr[0]) / np.e)] - 120


shown = {}
print("what is sensed   free Mg   lowest PCr   time constant of recovery")
for sensed, weights in senses.items():
    for level in ["0.56 mM", "0.34 mM"]:
        run = mgsim.simulate(fibre.with_(weights, Mg=level), protocol)
        shown[f"{level}, {sensed}"] = run
        print(f"{sensed:15}  {level}  {run['PCr_total_bulk'].min() / 1000:7.1f} mM  {time_constant(run):15.1f} s")

picture = {label: run for label, run in shown.items() if "0.34" in label or "all" in label}
mgsim.plot.save(mgsim.plot.traces(picture, ["PCr_total_bulk"]), "phosphocreatine_recovery.png")
print("wrote phosphocreatine_recovery.png")
