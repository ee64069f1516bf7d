"""Through which mechanism does low free Mg2+ change a contraction?

Mg2+ falls to 0.4 mM. Each part of the fibre is then made blind to the fall (what is lost of the change was its doing),
and each sees it alone (what appears is its doing without the others). Neither adds up to the whole, because the parts
amplify each other. The fall is sudden here, so that the store holds as much Ca2+ as before.
"""

import mgsim

why = mgsim.explain(
    mgsim.fibre.mouse_edl(),
    Mg="0.4 mM",
    acute=True,
    read=["contraction_duration", "twitch_force", "tetanus_half_relaxation", "resting_Ca"],
)
print(why.table())

force = why["twitch_force"]
for part in ("RyR1", "cross-bridge"):
    lost, alone = (float(force.share(amounts[part])) for amounts in (force.lost, force.alone))
    print(f"\n{part}: {lost:.0f} % of the gain in force is lost without it, {alone:.0f} % is there by it alone")

mgsim.plot.save(why.plot(), "which_mechanism.png")
print("wrote which_mechanism.png")
