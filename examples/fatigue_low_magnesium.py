"""Does a fibre tire sooner at low free Mg2+, and what does its work cost?

It does 5 min of tetani, one every 3 s, and rests for 5 min with a test every minute. Mild loss of Mg2+ does not
starve the ATPases, since nearly all ATP is MgATP; what it costs is seen in the ledger of ATP.
"""

import mgsim
from mgsim.measure import energy_ledger, fatigue_measures

fibre = mgsim.fibre.mouse_edl()
levels = ["0.9 mM", "0.6 mM", "0.4 mM"]
runs = {level: mgsim.simulate(fibre.with_(Mg=level), mgsim.fatigue()) for level in levels}

print("free Mg   force left   recovered   lowest PCr   lowest ATP   highest free Mg")
for level, run in runs.items():
    found = {name: float(measure) for name, measure in fatigue_measures(run).items()}
    print(
        f"{level}  {found['fatigue_index']:11.0%}  {found['recovery_fraction']:10.0%}  {found['lowest_PCr']:9.0f} %"
        f"  {found['lowest_ATP']:9.0f} %  {found['highest_free_Mg']:14.2f} mM"
    )

print("\nATP during the work, mM:   cross-bridges   SERCA   Na/K pump   all it used   sum of the ledger")
for level, run in runs.items():
    ledger = energy_ledger(run, 0, "5 min")
    used = {name: amount / 1000 for name, amount in ledger.used.items()}
    print(
        f"{level:25}  {used['cross-bridges']:13.1f}  {used['SERCA']:6.1f}  {used['Na/K pump']:10.1f}"
        f"  {ledger.spent / 1000:12.1f}  {abs(ledger.error):16.0e}"
    )

picture = mgsim.plot.fatigue(runs, heading="free Mg²⁺ at rest")
mgsim.plot.save(picture, "fatigue_low_magnesium.png")
print("wrote fatigue_low_magnesium.png")
