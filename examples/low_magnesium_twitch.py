"""What does falling free Mg2+ do to a single twitch of a fast fibre?

Each curve is a fibre that has lived at its free Mg2+ for long: every pool of the cell has settled.
"""

import mgsim
from mgsim.measure import amplitude, half_duration, half_relaxation, time_to_peak

fibre = mgsim.fibre.mouse_edl()
levels = ["0.9 mM", "0.6 mM", "0.4 mM", "0.2 mM"]
twitches = {level: mgsim.simulate(fibre.with_(Mg=level), mgsim.twitch(duration="0.3 s")) for level in levels}

print("free Mg    force      to peak   half-relaxation   Ca above half")
for level, twitch in twitches.items():
    print(
        f"{level}  {float(amplitude(twitch)):4.0f} kN/m²  {float(time_to_peak(twitch)):6.1f} ms"
        f"  {float(half_relaxation(twitch)):13.1f} ms  {float(half_duration(twitch, 'Ca')):11.1f} ms"
    )

picture = mgsim.plot.traces(twitches, ["force", "Ca"], heading="free Mg²⁺")
mgsim.plot.save(picture, "low_magnesium_twitch.png")
print("wrote low_magnesium_twitch.png")
