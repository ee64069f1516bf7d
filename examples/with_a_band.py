"""Is what low free Mg2+ does to a twitch more than what is not known about the ryanodine receptor?

The published spreads of its binding constants are drawn 200 times, with the same draws at both levels of Mg2+. What is
fitted or has no published spread stays as it is, so that the bands are narrower than what is not known.
"""

import mgsim

fibre, protocol = mgsim.fibre.mouse_edl(), mgsim.twitch(duration="0.2 s")
bands = {
    level: mgsim.uncertainty.band(fibre.with_(Mg=level), protocol, traces=["force"])
    for level in ["0.9 mM", "0.6 mM"]
}
normal, low = bands.values()

print("median of 200 runs [5 to 95 %]")
changes = low.change_from(normal)
for name in ["amplitude", "time_to_peak", "half_relaxation", "Ca_peak"]:
    change = changes[name]
    print(f"{normal.interval(name)!s:45}  at 0.6 mM {change.median:+4.0f} % [{change.low:+.0f} to {change.high:+.0f}]")

print("\nforce goes with, at 0.9 mM (rank correlation)")
for path, correlation in list(normal.drivers("amplitude").items())[:3]:
    number = next(one for one in normal.varied if one.path == path)
    print(f"{path:15} {number.value:g} ± {number.spread:g} {number.unit}  {correlation:+.2f}")

picture = mgsim.plot.band(bands, heading="free Mg²⁺", caption="Drawn 200 times: the binding constants of RyR1.")
mgsim.plot.save(picture, "with_a_band.png")
print("wrote with_a_band.png")
