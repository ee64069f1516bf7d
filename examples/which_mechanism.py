"""Through which mechanism does low free Mg2+ change a twitch?

Mg2+ falls to 0.4 mM for all mechanisms but one, which goes on as at normal Mg2+: what then goes back towards normal
was its doing. The fall is sudden here, so that the store holds as much Ca2+ as before.
"""

import mgsim
from mgsim.measure import amplitude, half_relaxation

fibre, twitch = mgsim.fibre.mouse_edl(), mgsim.twitch(duration="0.4 s")
results = {
    "normal Mg": mgsim.simulate(fibre, twitch),
    "low Mg for all": mgsim.simulate(fibre.acute(Mg="0.4 mM"), twitch),
}
for mechanism in ["Release", "TroponinC", "Parvalbumin", "ATPBinding", "SERCA", "CrossBridge"]:
    blind = fibre.blind(mechanism, "Mg").acute(Mg="0.4 mM")
    results[f"all but {mechanism}"] = mgsim.simulate(blind, twitch)

print("                         force   half-relaxation")
for name, result in results.items():
    print(f"{name:19}  {float(amplitude(result)):4.0f} kN/m²  {float(half_relaxation(result)):12.1f} ms")

picture = mgsim.plot.compare(results, amplitude, references=2, title="Twitch force (kN/m²)")
mgsim.plot.save(picture, "which_mechanism.png")
print("wrote which_mechanism.png")
