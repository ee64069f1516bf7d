"""A second, independent fibre core in plain numpy and scipy, to check the compiled model against.

It was written from the description of the model alone. Units: µM (water of the own compartment), ms, mV;
volumes relative to myoplasmic water. `Fibre` is one fibre at one temperature, `rest` solves its resting
state, `run` stimulates it, and `Run` and `width` measure what happened.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.integrate import solve_ivp

STATES = tuple("CaJ AJ CaAJ MAJ MgJ Ca A CaA MA Mg MX MPC MPi CaP MgP CaT MgT CaC MgC CaL CaTC CaQ "
               "m p h x v d a Pb S R".split())
AT = {name: i for i, name in enumerate(STATES)}
# Each line: T_ref (°C), Q10, then names and values. ATP is the total of A, MA and CaA in the resting table.
TABLE = """
25 1    f_J 0.05  v_L 0.06  v_TC 0.03  ATP 8000  PCr 3e4  K_PCr 4.3e4  Pi 2000  K_Pi 2.7e4  ADP 15
25 1    Q 1.29e5  K_Q 721  k_-Q 3  E 120  K_c 1.035649  K_M1 165  K_M2 7400  K_s 2770  K_T 150  K_Tf 300  K_hyd 4e11
25 1    K_H1 0.01122  K_H2 14.81
25 1    K_ACa 0.29  K_AMg 21.6  K_ICa 293  K_IMg 299  phi 1000  epsilon 0.00171  K_T1 19  K_T2 30
25 1    X 1000  K_X 1000  k_f 1  K_PM 0.046  K_NX 2  K_SO 350  V_d -10  V_r -80  A_V 160  n_T 2  c 5.58
16 1    PV 1190  T 240  K_MT 990  C 0  V_h -28  K_v 8  K_in 257
16 1.35 P_m 407
16 1.3  k_x 2.23  k_xA 0.6  k_-CT 0.09
16 1.4  k_CA 0.15  k_-CA 30
16 1.5  k_SR 0.1  k_MA 0.0015  k_-MA 0.15  k_CP 0.0417  k_-CP 0.0005  k_MP 3.3e-5  k_-MP 0.003
16 1.5  k_CT 0.216  k_-MT 1.5  k_C 0.1  k_-C 0.001  k_M 4e-5  k_-M 0.006
16 2.9  k_po 0.838
16 1.3  k_pc 2.58
16 2    k_in 0.0106
16 2.2  k_m 0.296
16 2.8  k_rec 0.007
25 0.5  tau_d 30  pulse 0.75
25 1.5  g_- 2e-4
25 2.2  k_-p 1.96e-5
25 1.6  k_pl 7.26e-6
25 1.64 k_1 0.0348  k_2 0.0331  k_-1 1e-4
25 2    J_lk 7.32e-5  V_PM 1.5e-4  V_NX 3e-4  V_SO 5e-4  G_L 2e-4  r_1 3  r_2 3  k_ATP 0.001
25 2.5  k_off 0.414
25 3    k_on 0.0593  f 0.0253  f_- 0.16  k_p 1.98  g 0.0581
"""
MOUSE_EDL: dict[str, tuple[float, float, float]] = {
    name: (float(value), float(words[0]), float(words[1]))
    for words in map(str.split, TABLE.strip().splitlines())
    for name, value in zip(words[2::2], words[3::2], strict=True)
}
MOUSE_SOLEUS = {
    "PV": 0, "T": 120, "n_T": 1, "E": 60, "Q": 51600, "P_m": 62.3, "k_1": 0.0348, "k_2": 0.0174, "K_c": 0.7403432,
    "k_x": 0.697, "epsilon": 2.12e-3, "k_pl": 3.78e-5, "k_in": 6.57e-3, "k_CT": 0.062, "k_-CT": 0.0517,
    "k_on": 0.104, "k_off": 0.537, "c": 4.78, "f": 7.21e-3, "g": 0.0209, "k_p": 0.918, "J_lk": 7.24e-5,
}


@dataclass
class Run:
    """Samples of one run: time t (ms), states y (32, n), and the fibre that made them."""

    fibre: Fibre
    t: np.ndarray
    y: np.ndarray

    def __getitem__(self, name: str) -> np.ndarray:
        return self.y[AT[name]]

    @property
    def force(self) -> np.ndarray:
        return self["S"] + self["R"]

    @property
    def calcium(self) -> np.ndarray:
        """Spatial mean of free calcium, µM."""
        f_J = self.fibre.k["f_J"]
        return f_J * self["CaJ"] + (1 - f_J) * self["Ca"]

    @property
    def release(self) -> np.ndarray:
        """Release flux, µM/ms of myoplasmic water."""
        return self.fibre.fluxes(self.y)["J_rel"]


class Fibre:
    """One fibre at one temperature (°C); `changes` are parameter values at the T_ref of their row.

    `blind` maps mechanisms (RyR, TnC, PV, ATP, SERCA, XB) to their b; they then see the resting state `seen`.
    States named in `clamped` are held by `run`.
    """

    def __init__(self, celsius=25.0, changes=None, blind=None, seen=None, clamped=()) -> None:
        changes = changes or {}
        if unknown := set(changes) - set(MOUSE_EDL):
            raise KeyError(f"no such parameter: {sorted(unknown)}")
        k = {name: changes.get(name, value) * q10 ** ((celsius - t_ref) / 10)
             for name, (value, t_ref, q10) in MOUSE_EDL.items()}
        if k["n_T"] not in (1, 2) or (blind and seen is None):
            raise ValueError("n_T must be 1 or 2, and blind needs a resting state to see")
        k["k_-2"] = k["k_1"] * k["k_2"] * k["K_s"]**2 / (k["K_c"]**2 * k["K_T"] * k["k_-1"] * k["K_hyd"])
        self.k, self.blind, self.seen, self.clamped, self.u = k, blind or {}, seen, clamped, 0.0

    def sees(self, mechanism: str, name: str, real: Any) -> Any:
        b = self.blind.get(mechanism, 0.0)
        return real if b == 0 else (1 - b) * real + b * self.seen[AT[name]]

    def fluxes(self, y: np.ndarray) -> dict[str, Any]:
        """The fluxes between compartments, µM/ms of myoplasmic water (J_Q: of terminal cisternae)."""
        k, s, sees = self.k, dict(zip(STATES, y, strict=True)), self.sees
        CaJ, Ca, CaL, CaTC, h, p = s["CaJ"], s["Ca"], s["CaL"], s["CaTC"], s["h"], s["p"]
        mg, atp, site_a = sees("RyR", "MgJ", s["MgJ"]), s["AJ"] + s["MAJ"] + s["CaAJ"], CaJ / k["K_ACa"]
        a_rest = site_a / (1 + site_a + mg / k["K_AMg"])
        a_sens = 1 / (1 + mg / (k["phi"] * k["K_AMg"]))
        site_i = 1 / (1 + CaJ / k["K_ICa"] + mg / k["K_IMg"])
        gate = atp / (atp + k["K_T1"]) * atp / (atp + k["K_T2"])
        opened = h * site_i * gate * (p * a_sens + (1 - p) * k["epsilon"] * a_rest)
        # the pump
        mg, mga, a = sees("SERCA", "Mg", s["Mg"]), sees("SERCA", "MA", s["MA"]), sees("SERCA", "A", s["A"])
        ca2, lumen2 = (Ca / k["K_c"])**2, (CaL / k["K_s"])**2
        protons = 1 + (1 + 1 / k["K_H2"]) / k["K_H1"]  # pH is held
        d1 = 1 + mg / k["K_M1"] * (1 + mg / k["K_M2"]) / protons + ca2
        dt, dy = 1 + mga / k["K_T"] + a / k["K_Tf"], 1 + lumen2
        a1, b1 = k["k_1"] * ca2 / d1 * (mga / k["K_T"]) / dt, k["k_-1"] * k["ADP"] * lumen2 / dy
        a2, b2 = k["k_2"] / dy, k["k_-2"] * k["Pi"] / (d1 * dt)
        voltage = k["V_r"] + k["A_V"] * s["v"]
        return {
            "V": voltage,
            "J_rel": k["v_TC"] * k["P_m"] * opened * (CaTC - CaJ),
            "J_up": 2 * k["E"] * (a1 * a2 - b1 * b2) / (a1 + a2 + b1 + b2),
            "J_pl": k["k_pl"] * (CaL - Ca),
            "J_SR": k["k_SR"] * (CaL - CaTC),
            "J_Q": k["k_-Q"] * (CaTC * (k["Q"] - s["CaQ"]) / k["K_Q"] - s["CaQ"]),
            "J_sl": k["J_lk"] + k["V_SO"] / (1 + (CaTC / k["K_SO"])**4)
            + k["G_L"] * s["d"] * (60 - voltage) / 60
            - k["V_PM"] * Ca / (Ca + k["K_PM"]) - k["V_NX"] * Ca / (Ca + k["K_NX"]),
        }

    def rate(self, t: float, y: np.ndarray) -> np.ndarray:
        """Time derivative of the states; y is (32,) or (32, n), real or complex."""
        k, sees, j = self.k, self.sees, self.fluxes(y)
        (CaJ, AJ, CaAJ, MAJ, MgJ, Ca, A, CaA, MA, Mg, MX, MPC, MPi, CaP, MgP, CaT, MgT, CaC, MgC, CaL, CaTC,
         CaQ, m, p, h, x, v, d, a, Pb, S, R) = y
        f_J, f_B = k["f_J"], 1 - k["f_J"]
        r_CAJ = k["k_CA"] * CaJ * AJ - k["k_-CA"] * CaAJ
        r_MAJ = k["k_MA"] * sees("ATP", "MgJ", MgJ) * AJ - k["k_-MA"] * MAJ
        r_CA = k["k_CA"] * Ca * A - k["k_-CA"] * CaA
        r_MA = k["k_MA"] * sees("ATP", "Mg", Mg) * A - k["k_-MA"] * MA
        P, T, C = k["PV"] - CaP - MgP, k["T"] - CaT - MgT, k["C"] - CaC - MgC
        r_CP = k["k_CP"] * Ca * P - k["k_-CP"] * CaP
        r_MP = k["k_MP"] * sees("PV", "Mg", Mg) * P - k["k_-MP"] * MgP
        r_CT = k["k_CT"] * Ca * T - k["k_-CT"] * CaT
        r_MT = k["k_-MT"] * (sees("TnC", "Mg", Mg) * T / k["K_MT"] - MgT)
        r_CC = k["k_C"] * Ca * C - k["k_-C"] * CaC
        r_MC = k["k_M"] * Mg * C - k["k_-M"] * MgC
        r_X = k["k_f"] * (Mg * (k["X"] - MX) / k["K_X"] - MX)
        r_PC = k["k_f"] * (Mg * (k["PCr"] - MPC) / k["K_PCr"] - MPC)
        r_Pi = k["k_f"] * (Mg * (k["Pi"] - MPi) / k["K_Pi"] - MPi)
        x_Ca = k["k_x"] * (CaJ - Ca)
        x_A, x_CA, x_MA, x_Mg = (k["k_xA"] * diff for diff in (AJ - A, CaAJ - CaA, MAJ - MA, MgJ - Mg))
        # a blind site follows a Mg that is not there, so it neither takes Mg nor gives it back
        give = {name: 1 - self.blind.get(name, 0.0) for name in ("PV", "TnC", "ATP")}
        e = np.exp((j["V"] - k["V_h"]) / (2 * k["K_v"]))
        thin = (CaT / k["T"])**int(k["n_T"])  # n_T is 1 or 2
        D = 1 - Pb - S - R
        power = k["k_p"] * Pb - k["k_-p"] * k["Pi"] * S
        let_go = k["g"] * S - k["g_-"] * k["ADP"] * R
        split = k["k_ATP"] * sees("XB", "MA", MA) * R
        rate = {
            "CaJ": (j["J_rel"] - x_Ca) / f_J - r_CAJ,
            "AJ": -r_CAJ - r_MAJ - x_A / f_J, "CaAJ": r_CAJ - x_CA / f_J, "MAJ": r_MAJ - x_MA / f_J,
            "MgJ": -give["ATP"] * r_MAJ - x_Mg / f_J,
            "Ca": (x_Ca - j["J_up"] + j["J_pl"] + j["J_sl"]) / f_B - r_CA - r_CP - r_CT - r_CC,
            "A": x_A / f_B - r_CA - r_MA, "CaA": x_CA / f_B + r_CA, "MA": x_MA / f_B + r_MA,
            "Mg": x_Mg / f_B - give["ATP"] * r_MA - give["PV"] * r_MP - give["TnC"] * r_MT
            - r_MC - r_X - r_PC - r_Pi,
            "MX": r_X, "MPC": r_PC, "MPi": r_Pi, "CaP": r_CP, "MgP": r_MP, "CaT": r_CT, "MgT": r_MT,
            "CaC": r_CC, "MgC": r_MC,
            "CaL": (j["J_up"] - j["J_pl"] - j["J_SR"]) / k["v_L"],
            "CaTC": (j["J_SR"] - j["J_rel"]) / k["v_TC"] - j["J_Q"], "CaQ": j["J_Q"],
            "m": k["k_m"] * (e * (1 - m) - m / e), "p": k["k_po"] * m**4 * (1 - p) - k["k_pc"] * p,
            "h": k["k_rec"] * (1 - h) - k["k_in"] * CaJ / (1 + CaJ / k["K_in"]) * h,
            "x": k["r_1"] * (self.u - x), "v": k["r_2"] * (x - v),
            "d": (1 / (1 + np.exp(-(j["V"] - k["V_d"]) / 6)) - d) / k["tau_d"],
            "a": k["k_on"] * thin * (1 + k["c"] * a)**2 * (1 - a) - k["k_off"] * a,
            "Pb": k["f"] * a * D - k["f_-"] * Pb - power, "S": power - let_go, "R": let_go - split,
        }
        out = np.array([rate[name] for name in STATES])
        for name in self.clamped:
            out[AT[name]] = 0
        return out

    def jacobian(self, t: float, y: np.ndarray) -> np.ndarray:
        """Exact Jacobian by complex steps, all columns at once."""
        return np.array(self.rate(t, y[:, None] + 1e-30j * np.eye(len(y))).imag / 1e-30)

    def totals(self, y: np.ndarray) -> np.ndarray:
        """Total magnesium, ATP and calcium, µM of myoplasmic water."""
        def pool(junction: str, bulk: str) -> Any:
            own, others = (sum(y[AT[name]] for name in names.split()) for names in (junction, bulk))
            return self.k["f_J"] * own + (1 - self.k["f_J"]) * others

        return np.array([pool("MgJ MAJ", "Mg MA MX MPC MPi MgP MgT MgC"), pool("AJ CaAJ MAJ", "A CaA MA"),
                         pool("CaJ CaAJ", "Ca CaA CaP CaT CaC") + self.store(y)])

    def store(self, y: np.ndarray) -> Any:
        """Calcium of the reticulum, µM of myoplasmic water."""
        return self.k["v_L"] * y[AT["CaL"]] + self.k["v_TC"] * (y[AT["CaTC"]] + y[AT["CaQ"]])

    def rest(self, free_mg: float = 900.0) -> np.ndarray:
        """The resting state with all modes settled, at this free magnesium (µM) of the bulk cytosol."""
        y = np.zeros(len(STATES))  # an empty cell with Mg-free ATP; everything else finds its own level
        y[[AT["A"], AT["AJ"]]], y[AT["h"]] = self.k["ATP"], 1
        y[[AT["Mg"], AT["MgJ"]]] = free_mg
        clamped, self.clamped = self.clamped, ("Mg", "MgJ")
        y = solve_ivp(self.rate, (0, 1e9), y, "BDF", jac=self.jacobian, rtol=1e-8, atol=1e-13).y[:, -1]
        self.clamped = clamped
        # Newton; bulk Mg and total ATP are held in place of the equations that follow from the others
        held = np.array([np.eye(32)[AT["Mg"]], [self.totals(row)[1] for row in np.eye(32)]])
        want = np.array([free_mg, self.k["ATP"]])
        for _ in range(20):
            size = np.abs(y) + 1e-15
            matrix = np.vstack([self.jacobian(0, y), held]) * size
            wrong = np.concatenate([self.rate(0, y), held @ y - want])
            rows = np.abs(matrix).max(axis=1) + 1e-300
            step = size * np.linalg.lstsq(matrix / rows[:, None], wrong / rows, rcond=1e-15)[0]
            y = y - step
            if np.max(np.abs(step) / size) < 1e-11:
                return y
        raise ArithmeticError(f"rest not found: last relative step {np.max(np.abs(step) / size):.1e}")

    def run(self, y: np.ndarray, pulses: list[float], end: float, dt: float = 0.05, rtol=1e-8) -> Run:
        """Stimulate with pulses that start at these times (ms), sampled every dt and at every pulse edge."""
        edges = sorted({0.0, end, *pulses, *(start + self.k["pulse"] for start in pulses)})
        times, states = [np.array([0.0])], [y[:, None]]
        atol = 1e-9 * np.abs(y) + 1e-11
        for left, right in zip(edges, edges[1:], strict=False):
            self.u = float(any(start <= (left + right) / 2 < start + self.k["pulse"] for start in pulses))
            at = np.append(np.arange(left + dt, right - dt / 2, dt), right)
            part = solve_ivp(self.rate, (left, right), states[-1][:, -1], "Radau", at,
                             jac=self.jacobian, rtol=rtol, atol=atol)
            if not part.success:
                raise ArithmeticError(part.message)
            times.append(part.t)
            states.append(part.y)
        self.u = 0.0
        return Run(self, np.concatenate(times), np.concatenate(states, axis=1))


def width(t: np.ndarray, signal: np.ndarray) -> tuple[float, float, float, float]:
    """Peak, its time, and the times of half the peak before and after it; the signal starts near zero."""
    top = int(signal.argmax())
    half = signal[top] / 2
    up = float(np.interp(half, signal[:top + 1], t[:top + 1]))
    down = float(np.interp(-half, -signal[top:], t[top:])) if signal[top:].min() < half else float("inf")
    return float(signal[top]), float(t[top]), up, down
