"""At which rate of stimuli does force fuse, and what does low free Mg2+ change about it?

Force grows with the rate, because each stimulus comes before the last one's force has gone. At low Mg2+ force
lasts longer, so that it fuses at a lower rate.
"""

import mgsim
from mgsim.measure import amplitude, fusion_index

fibre = mgsim.fibre.mouse_edl()
rates = [5, 10, 20, 30, 40, 60, 80, 100, 125]
trains = {
    level: [mgsim.simulate(fibre.with_(Mg=level), mgsim.train(f"{rate} Hz", "0.5 s")) for rate in rates]
    for level in ["0.9 mM", "0.6 mM", "0.4 mM"]
}

print("free Mg" + "".join(f"{level:>24}" for level in trains))
for rate, results in zip(rates, zip(*trains.values(), strict=True), strict=True):
    cells = [f"{float(amplitude(r)):.0f} kN/m², {100 * float(fusion_index(r)):3.0f} % fused" for r in results]
    print(f"{rate:4} Hz" + "".join(f"{cell:>24}" for cell in cells))

picture = mgsim.plot.force_frequency(trains, heading="free Mg²⁺")
mgsim.plot.save(picture, "force_frequency.png")
print("wrote force_frequency.png")
