"""A second, plain implementation of the fibre membrane, used only to check the compiled one.

Units are those of the model description, not of the package: mV, ms, mM, cm, uA and uC per cm2 of sarcolemma.
Left out: calcium entry, inhibition of ClC-1 by activity, and the ATP-sensitive K channel.
"""
from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
F, R = 96485.33212, 8.314462618  # C/mol, J/mol/K
NAMES = ("Vs Vt m_s h_s s_s n_s k_s m_t h_t s_t n_t k_t "
         "Na_i K_i Cl_i Na_t K_t Cl_t Na_e K_e Cl_e p_s p_t").split()  # p: share of pumps that are stimulated
SCALE = np.array([0.1] * 2 + [1e-4] * 10 + [1e-2] * 9 + [1e-4] * 2)  # absolute tolerance is this times rtol
P_STIM, STIM_MS = 3.1e-5, 0.3  # what reaches the fibre is P_STIM times s of the sarcolemma


@dataclass(frozen=True)
class Membrane:
    """One membrane preset at one temperature and milieu (defaults: mouse EDL, 25 C)."""

    celsius: float = 25.0
    r_cm: float = 20e-4
    f_i: float = 0.75
    f_e: float = 0.20
    rho_t: float = 0.008
    zeta: float = 2.3e-6
    sig: float = 0.32
    R_m: float = 5e-3  # kohm cm2
    C: float = 1.0
    P_Na: float = 1.423e-4
    Vh: float = -65.0
    V_slow: float = -72.77  # midpoint of slow inactivation
    eta: tuple[float, float, float, float] = (0.40, 0.40, 1.0, 0.30)  # Na, Kdr, Kir, Cl; all others 1
    P_Kdr: float = 1.0e-4
    P_Kir: float = 0.75e-6
    P_Kb: float = 1.2e-7
    P_Cl: float = 2.7e-5
    P_Nal: float = float("nan")  # at 25 C, from calibrate()
    I_pmax: float = float("nan")  # at 25 C, from calibrate()
    K_Na: float = 13.0
    K_Na_s: float = 8.3  # of a stimulated pump
    stim_ms: float = 0.0074  # at 30 C
    stim_off_ms: float = 600e3
    k_beta: float = 0.0
    dens: float = 1.0
    MgATP: float = 7.2
    Ca_o: float = 1.3
    Mg_o: float = 0.55
    Ca_ref: float = 1.3
    Mg_ref: float = 0.55
    tau_b: float = 30e3
    blood: tuple[float, float, float] = (147.0, 4.0, 128.0)  # Na, K, Cl
    targets: tuple[float, float, float] = (-86.0, 10.0, 150.0)  # V, Na_i, K_i that calibrate() aims at

    @property
    def rt_f(self) -> float:
        """RT/F in mV."""
        return 1e3 * R * (self.celsius + 273.15) / F

    @property
    def lengths(self) -> tuple[float, float, float, float]:
        """L_i, L_e, L_t in cm and gamma, the tubular wall per sarcolemma."""
        L_f = self.r_cm / 2
        return self.f_i * L_f, self.f_e * L_f, self.rho_t * L_f, self.rho_t * L_f / self.zeta


PRESETS = {
    "edl": Membrane(),
    "soleus-like": Membrane(rho_t=0.005, P_Na=1.3e-4, Vh=-63.0, V_slow=-69.28, targets=(-83.0, 11.0, 148.0)),
    "human": Membrane(celsius=37.0, r_cm=30e-4, P_Na=1.925e-4, P_Kir=0.25e-6, P_Kb=0.4e-7,
                      Ca_o=1.2, Ca_ref=1.2, blood=(140.0, 4.2, 104.0), targets=(-89.0, 13.0, 161.0)),
}


def bern(x: Array) -> Array:
    """x / (1 - exp(-x)), safe at 0; also for complex x."""
    x = np.asarray(x)
    small = np.abs(x) < 1e-3
    safe = np.where(small, 1.0, x)
    return np.where(small, 1 + x / 2 + x**2 / 12 - x**4 / 720, safe / (1 - np.exp(-safe)))


def gates(p: Membrane, V: Array) -> tuple[list[Array], list[Array]]:
    """Steady states and rates (1/ms) of m, h, s, n, k at potential V."""
    ref = 0.54 + p.Ca_ref + 0.5 * p.Mg_ref
    v = V - 10.5 * np.log((0.54 + p.Ca_o + 0.5 * p.Mg_o) / ref)
    q = 2.5 ** ((p.celsius - 22) / 10)

    am = 0.2875 * 10 * bern((v + 46 - 10) / 10)
    bm = 1.375 * np.exp(-(v + 46 - 10) / 18)
    x = v - (p.Vh + 80)
    rate_h = 0.508 / (1 + np.exp((x + 110) / 9.97)) + 3.272 / (1 + np.exp(-(x + 26.2) / 9.09))
    rate_s = 4.04e-6 * np.exp(-v / 21.1) + 7.36e-4 / (1 + np.exp(-(v + 16.6) / 21.2))
    an = 0.0262 * 7 * bern((v + 40) / 7)
    bn = 0.134 * np.exp(-(v + 40) / 40)

    inf = [am / (am + bm), 1 / (1 + np.exp((v - p.Vh) / 5.4)),
           0.115 + 0.885 / (1 + np.exp((v - p.V_slow) / 8)), an / (an + bn), 1 / (1 + np.exp((v + 40) / 7.5))]
    return inf, [q * (am + bm), q * rate_h, q * rate_s, q * (an + bn), q / 315 + 0 * v]


def stimulation(p: Membrane, V: Array) -> Array:
    """Rate (1/ms) at which pumps of a wall at potential V become stimulated."""
    return p.stim_ms * 2 ** ((p.celsius - 30) / 10) / (1 + np.exp(-(V + 20) / 3)) + p.k_beta


def wall(p: Membrane, tubular: bool, V: Array, gate: Array, ci: Array, co: Array, p_stim: Array) -> dict[str, Array]:
    """Each current of one wall, uA per cm2 of that wall, outward positive."""
    u = V / p.rt_f
    (Na_i, K_i, Cl_i), (Na_o, K_o, Cl_o) = ci, co
    m, h, s, n, k = gate
    e_Na, e_Kdr, e_Kir, e_Cl = p.eta if tubular else (1.0, 1.0, 1.0, 1.0)
    q = 1.4 ** ((p.celsius - 25) / 10)

    phi_Na = F * bern(u) * (Na_i - Na_o * np.exp(-u))
    phi_K = F * bern(u) * (K_i - K_o * np.exp(-u))
    phi_Cl = -F * bern(-u) * (Cl_i - Cl_o * np.exp(u))
    E_K = p.rt_f * np.log(K_o / K_i)
    sg = (np.exp(Na_o / 67.3) - 1) / 7
    fV = 1 / (1 + 0.12 * np.exp(-0.1 * u) + 0.04 * sg * np.exp(-u))
    K_K = 1.78 if tubular else 1.0
    pump = (p.I_pmax * 2.1 ** ((p.celsius - 25) / 10) * p.dens * fV * (1 + K_K / K_o) ** -2
            * ((1 - p_stim) / (1 + p.K_Na / Na_i) ** 3 + p_stim / (1 + p.K_Na_s / Na_i) ** 3)
            * p.MgATP / (p.MgATP + 0.15))
    return {
        "Na": q * e_Na * p.P_Na * m**3 * h * s * phi_Na,
        "Nal": q * p.P_Nal * phi_Na,
        "Kdr": q * e_Kdr * p.P_Kdr * n**4 * k * phi_K,
        "Kir": q * e_Kir * p.P_Kir * phi_K / (1 + np.exp((V - E_K - 15) / 12)),
        "Kb": q * p.P_Kb * phi_K,
        "Cl": q * e_Cl * p.P_Cl * (1 + np.exp((V - 70) / 150)) ** -4 * phi_Cl,
        "pump": pump,
    }


def by_ion(i: dict[str, Array]) -> Array:
    """Currents of one wall summed to Na, K, Cl."""
    pump = i["pump"]
    return np.array([i["Na"] + i["Nal"] + 3 * pump, i["Kdr"] + i["Kir"] + i["Kb"] - 2 * pump, i["Cl"]])


def rhs(p: Membrane, y: Array, P_stim: float = 0.0, clamp: bool = False) -> Array:
    """dy/dt per ms; y is (23,) or (23, n). `clamp` holds the interstitium (superfused fibre)."""
    Vs, Vt = y[0], y[1]
    ci, ct, ce = y[12:15], y[15:18], y[18:21]
    L_i, L_e, L_t, gamma = p.lengths
    column = (3,) + (1,) * (y.ndim - 1)
    z = np.array([1.0, 1.0, -1.0]).reshape(column)
    D = (np.array([1.33, 1.96, 2.03]) * 1e-5 * 1.3 ** ((p.celsius - 25) / 10)).reshape(column)
    b = np.array(p.blood).reshape(column)

    I_s = by_ion(wall(p, False, Vs, y[2:7], ci, ce, y[21]))
    I_t = by_ion(wall(p, True, Vt, y[7:12], ci, ct, y[22])) * gamma
    u = Vs / p.rt_f
    I_s[:2] += P_stim * y[4] * F * bern(u) * (ci[:2] - ce[:2] * np.exp(-u))

    S = 8 * p.sig / p.r_cm**2
    mobility = S * np.sum(D * ct, axis=0)
    I_acc = (Vs - Vt) / (p.rt_f / (F * L_t * mobility) + p.R_m)
    w = (S * np.sum(z * D * (ce - ct), axis=0) + I_acc / (F * L_t)) / mobility
    J_t = S * D * (ce - ct - z * ct * w)  # mM/s of lumen, inwards
    w_b = np.sum(z * (b - ce), axis=0) / np.sum(ce, axis=0)
    J_b = (b - ce - z * ce * w_b) / p.tau_b  # mM/ms

    d = np.empty_like(y)
    d[0] = -(I_s.sum(axis=0) + I_acc) / p.C
    d[1] = (I_acc - I_t.sum(axis=0)) / (gamma * p.C)
    for V, at in ((Vs, 2), (Vt, 7)):
        inf, rate = gates(p, V)
        d[at:at + 5] = (np.array(inf) - y[at:at + 5]) * np.array(rate)
    d[12:15] = -1e-3 * z * (I_s + I_t) / (F * L_i)
    d[15:18] = 1e-3 * (z * I_t / (F * L_t) + J_t)
    for V, at in ((Vs, 21), (Vt, 22)):
        d[at] = stimulation(p, V) * (1 - y[at]) - y[at] / p.stim_off_ms
    d[18:21] = 0.0 if clamp else 1e-3 * (z * I_s / (F * L_e) - J_t * L_t / L_e) + J_b
    return d


def jacobian(p: Membrane, y: Array, P_stim: float = 0.0, clamp: bool = False) -> Array:
    """d rhs / dy by complex step (exact to rounding)."""
    step = 1e-30
    return rhs(p, y[:, None] + 1j * step * np.eye(23), P_stim, clamp).imag / step


def invariant_rows(p: Membrane) -> Array:
    """(3, 23) rows whose product with y is Q_cell, Q_lumen, Q_ecf in uC/cm2."""
    L_i, L_e, L_t, gamma = p.lengths
    q = np.zeros((3, 23))
    for row, (at, L) in enumerate(((12, L_i), (15, L_t), (18, L_e))):
        q[row, at:at + 3] = F * L * np.array([1, 1, -1])
    q[0, :2] = -1e-3 * p.C, -1e-3 * p.C * gamma
    q[1, 1], q[2, 0] = 1e-3 * p.C * gamma, 1e-3 * p.C
    return q


def start(p: Membrane) -> Array:
    """The calibration point: targets inside, blood ions outside, gates and chloride at equilibrium."""
    V, Na, K = p.targets
    gate = [float(g) for g in gates(p, np.array(V))[0]]
    Cl = p.blood[2] * np.exp(V / p.rt_f)
    on = float(stimulation(p, np.array(V)))
    return np.array([V, V, *gate, *gate, Na, K, Cl, *p.blood, *p.blood, *[on / (on + 1 / p.stim_off_ms)] * 2])


def rest(p: Membrane, Q_of: Membrane | None = None, guess: Array | None = None) -> tuple[Array, int]:
    """Resting state and number of Newton steps; Q_lumen and Q_ecf follow p's blood, Q_cell is that of the
    calibration point of `Q_of` (default p)."""
    q = invariant_rows(p)
    y0 = start(p)
    Q = q @ y0
    if Q_of is not None:
        Q[0] = (invariant_rows(Q_of) @ start(Q_of))[0]
    y, size = y0 if guess is None else guess, np.abs(y0)
    for step in range(1, 40):
        f = np.concatenate([rhs(p, y), q @ y - Q])
        J = np.vstack([jacobian(p, y), q]) * size
        norm = np.linalg.norm(J, axis=1)
        dy = size * np.linalg.lstsq(J / norm[:, None], -f / norm, rcond=None)[0]
        y = y + dy
        if np.max(np.abs(dy) / size) < 1e-13:
            return y, step
    raise RuntimeError(f"no rest found; last relative step {np.max(np.abs(dy) / size):.1e}")


def calibrate(p: Membrane, passes: int = 5) -> Membrane:
    """The same membrane with I_pmax (from K balance) and P_Nal (from Na balance) at the targets.

    The first pass takes blood ions in the lumen, each later pass those of the rest just solved.
    """
    y, gamma = start(p), p.lengths[3]
    unit = replace(p, I_pmax=1.0, P_Nal=1.0)
    for _ in range(passes):
        a = wall(unit, False, y[0], y[2:7], y[12:15], y[18:21], y[21])
        b = wall(unit, True, y[0], y[2:7], y[12:15], y[15:18], y[22])
        i = {name: float(a[name] + gamma * b[name]) for name in a}
        I_pmax = (i["Kdr"] + i["Kir"] + i["Kb"]) / (2 * i["pump"])
        p = replace(p, I_pmax=I_pmax, P_Nal=-(i["Na"] + 3 * I_pmax * i["pump"]) / i["Nal"])
        y[15:18] = rest(p)[0][15:18]
    return p


def run(p: Membrane, y: Array, pulses: list[float], end: float, rtol: float = 1e-6, clamp: bool = False,
        P_stim: float = P_STIM, width: float = STIM_MS, method: str = "BDF") -> tuple[Array, Array]:
    """Times (n,) in ms and states (23, n) at the solver's steps; restarts at both edges of every pulse."""
    from scipy.integrate import solve_ivp

    edges = sorted({0.0, end, *pulses, *(t + width for t in pulses)})
    ts, ys = [np.zeros(1)], [y[:, None]]
    for a, b in pairwise(edges):
        on = P_stim if any(t <= a + 1e-9 < t + width for t in pulses) else 0.0
        sol = solve_ivp(lambda t, x: rhs(p, x, on, clamp), (a, b), ys[-1][:, -1], method,  # noqa: B023
                        rtol=rtol, atol=rtol * SCALE, jac=lambda t, x: jacobian(p, x, on, clamp))  # noqa: B023
        if not sol.success:
            raise RuntimeError(f"integration stopped at {sol.t[-1]} ms: {sol.message}")
        ts.append(sol.t[1:])
        ys.append(sol.y[:, 1:])
    return np.concatenate(ts), np.concatenate(ys, axis=1)
