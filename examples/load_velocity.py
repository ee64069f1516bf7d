"""How fast are loads lifted by fast and by slow muscle, and at which load is power highest?

In a tetanus each fibre is released to a load. The heavier it is, the slower it is lifted (Hill's curve).
"""

import mgsim
from mgsim.mechanics import force_velocity

fast, slow = mgsim.fibre.mouse_edl(), mgsim.fibre.mouse_soleus()
measured = {
    "EDL (fast)": force_velocity(fast, mgsim.train("100 Hz", "0.5 s", after="10 ms"), start=0.25),
    "soleus (slow)": force_velocity(slow, mgsim.train("80 Hz", "1 s", after="10 ms"), start=0.5),
}

print("fibre            Vmax (lengths/s)   a/F0   best load (%)   power (W/l)")
for name, one in measured.items():
    hill = one.hill
    power = hill.power * hill.fastest * one.isometric
    print(f"{name:16} {hill.fastest:16.1f} {hill.curvature:6.2f} {100 * hill.best:15.0f} {power:13.0f}")
ratio = measured["EDL (fast)"].hill.fastest / measured["soleus (slow)"].hill.fastest
print(f"unloaded, the fast fibre shortens {ratio:.1f} times as fast as the slow one")

mgsim.plot.save(mgsim.plot.force_velocity(measured, heading="mouse, 25 °C"), "load_velocity.png")
print("wrote load_velocity.png")
