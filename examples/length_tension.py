"""At which length does a muscle fibre pull hardest?

Where every head of the thick filaments faces a thin one. Stretched further, fewer do, and passive tension grows.
"""

import mgsim
from mgsim.mechanics import length_tension

fibre = mgsim.fibre.mouse_edl()
measured = length_tension(fibre, mgsim.train("100 Hz", "0.25 s", after="10 ms"))

print("length (µm)   active (kN/m²)   passive (kN/m²)")
for k in range(0, len(measured.length), 6):
    print(f"{measured.length[k]:11.2f} {measured.active[k]:16.0f} {measured.passive[k]:17.1f}")
best = measured.length[measured.active.argmax()]
print(f"active tension is highest at {best:.2f} µm")

mgsim.plot.save(mgsim.plot.length_tension(measured), "length_tension.png")
print("wrote length_tension.png")
