"""A second, plain implementation of the muscle cell's energy and magnesium chemistry, used only to check the
compiled one.

Units are those of the model description, not of the package: mM per litre of cell water, s, Celsius; binding
and acid constants in M. It stands alone: contraction, release and pumps are the description's placeholders.
"""
from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Fibre = dict[str, Any]
R = 8.314462618  # J/mol/K
NAMES = ("Mg ATPf MgATP ADPf MgADP AMPf MgAMP IMPf MgIMP PCrf MgPCr Pif MgPi Cr MgB HT pH Lac Gly phos x y "
         "Pi_SR CaPi CaSR_t c").split()
AT = {name: i for i, name in enumerate(NAMES)}

# name: value at 25 C and I = 0, dH in kJ/mol, change of the sum of squared charges
GOLDING = {
    "MgATP": (1.514e6, 22.90, -16), "MgHATP": (4.266e3, 16.90, -12), "MgADP": (4.466e4, 19.0, -12),
    "MgHADP": (316.3, 12.5, -8), "MgPCr": (232.0, 8.19, -8), "MgPi": (512.8, 8.19, -8),
    "MgAMP": (616.5, 0.0, -8), "HATP": (2.512e-8, -6.30, 8), "HADP": (6.607e-8, -5.60, 6),
    "HPCr": (8.854e-6, 2.66, 4), "H2PO4": (6.026e-8, 12.2, 4), "HAMP": (1.86e-7, -5.4, 4),
    "CK": (2.580e8, -17.55, 2), "ATPase": (0.2946, -20.50, -2), "AK": (0.2248, 0.0, 2),
}

HUMAN: Fibre = {
    "T": 37.0, "I": 0.18, "pH": 7.05, "Mg": 0.55, "ATP": 8.2, "PCr": 33.0, "Cr_total": 39.4, "Pi": 4.0,
    "Gly": 80.0, "x_0": 0.5, "J_rest": 0.0079,
    "koff_ATP": 150.0, "koff_w": 1000.0, "B_tot": 1.0, "K_B": 1.0, "koff_B": 500.0,
    "k_pH": 1000.0, "beta_0": 40.0, "B_H": 55.0, "pK_BH": 6.85,
    "k_CK": 75.0, "k_AK": 3000.0, "V_AMPD": 0.2, "K_AMP": 0.1, "pK_hD": 6.55, "k_re": 5e-4,
    "V_gly": 3.0, "phi_0": 0.01, "K_Pig": 8.0, "K_AMPg": 0.03, "pK_hg": 6.45, "K_Gly": 5.0, "tau_phos": 4.0,
    "V_ox": 1.0, "K_ADP": 0.0563, "n": 1.5, "K_Pim": 1.0, "w_f": 0.0, "w_m": 0.0, "K_mMg": 0.0,
    "P_O": 5.4, "K_x": 0.02, "S_x": 0.5, "g_max": 0.60, "tau_hyp": 6.0, "supply_in": 1.0, "occ": 0.0,
    "k_L": 0.0012, "lambda": 0.15, "Lac_o": 1.0, "pH_o": 7.4, "J_ex": 0.0,
    "k_Pi": 0.004, "k_p": 0.02, "PP": 6.0, "eps": 0.1, "vSR": 0.08, "CaSR_0": 1.0, "CSQ": 31.0, "K_CSQ": 1.25,
    "Km_XB": 0.15, "Km_SE": 0.05, "Km_NK": 0.3, "V_XB": 1.25, "V_SE": 0.45, "V_NK": 0.12, "demand": 1.0,
    "pK_hF": 6.2, "Ca50": 0.35, "Ca50_Pi": 0.012, "Ca50_h": 0.08, "K_ATP_rel": 0.127, "K_Mg_rel": 2.0,
    "K_ADP_SE": 2.4, "Ca_SE": 0.3e-3, "tau_c": 0.040, "leak": 0.0, "load": 0.0, "Km_load": 0.05,
}
MOUSE_FAST = {"Mg": 0.78, "ATP": 8.0, "PCr": 32.0, "Cr_total": 37.9, "Pi": 0.8, "J_rest": 0.012,
              "V_AMPD": 6.0, "K_AMP": 0.04, "V_gly": 5.0, "V_ox": 0.75, "V_XB": 5.8, "V_SE": 3.0,
              "V_NK": 0.5, "tau_c": 0.02}
PRESETS: dict[str, Fibre] = {
    "human mixed": HUMAN,
    "human IIX": HUMAN | {"PCr": 36.0, "Cr_total": 43.5, "Pi": 3.0, "V_AMPD": 2.0, "K_AMP": 0.05,
                          "V_gly": 4.0, "V_ox": 0.55, "V_XB": 2.6, "V_SE": 1.1, "V_NK": 0.3},
    "mouse fast": HUMAN | MOUSE_FAST,
    "mouse slow": HUMAN | {"Mg": 0.78, "ATP": 5.0, "PCr": 16.0, "Cr_total": 23.0, "Pi": 6.0, "J_rest": 0.015,
                           "V_AMPD": 0.05, "V_gly": 1.0, "V_ox": 1.5, "g_max": 0.9, "CaSR_0": 0.5,
                           "V_XB": 1.5, "V_SE": 0.7, "V_NK": 0.2, "tau_c": 0.060},
    "mouse fast 25": HUMAN | MOUSE_FAST | {"T": 25.0, "tau_phos": 8.0},
}
Q10_FROM_37 = "J_rest k_CK k_AK V_AMPD k_re V_gly V_ox V_XB V_SE V_NK".split()  # all 2


def constants(celsius: float, ionic: float) -> dict[str, float]:
    """Equilibrium constants (M) at one temperature and ionic strength."""
    T = celsius + 273.15
    A = 3 * (-16.39023 + 261.3371 / T + 3.3689633 * np.log(T) - 1.437167 * T / 100
             + 0.111995 * (T / 100) ** 2)
    screening = A * np.sqrt(ionic) / (1 + 1.6 * np.sqrt(ionic))
    return {name: float(K * np.exp(-1e3 * dH / R * (1 / T - 1 / 298.15) + dz2 * screening))
            for name, (K, dH, dz2) in GOLDING.items()}


def apparent(K: dict[str, float], h: Any) -> dict[str, Any]:
    """Proton factors a, d, r, i, m; pA, pD; apparent Mg constants kA..kM (1/mM); kinase constants."""
    a, d, r, i, m = (h / K[acid] for acid in ("HATP", "HADP", "HPCr", "H2PO4", "HAMP"))
    pA, pD = K["MgATP"] + K["MgHATP"] * a, K["MgADP"] + K["MgHADP"] * d
    return {"a": a, "d": d, "r": r, "i": i, "m": m, "pA": pA, "pD": pD,
            "kA": pA / (1 + a) / 1e3, "kD": pD / (1 + d) / 1e3, "kC": K["MgPCr"] / (1 + r) / 1e3,
            "kP": K["MgPi"] / (1 + i) / 1e3, "kM": K["MgAMP"] / (1 + m) / 1e3,
            "CK": K["CK"] * h * (pA / pD) / (1 + r), "AK": K["AK"] * (pA * (1 + m)) / (pD * (1 + d))}


def power(x: Any, n: float) -> Any:
    """x to the n, safe for round-off negatives."""
    return (x * x + 1e-24) ** (n / 2)


def bound_protons(p: Fibre, k: dict[str, Any], h: Any, s: dict[str, Any]) -> Any:
    """Protons above the reference species, mM; k is apparent(), s the states by name."""
    K, K_BH = p["K"], 10 ** -p["pK_BH"]
    return (s["ATPf"] * k["a"] / (1 + k["a"]) + s["MgATP"] * K["MgHATP"] * k["a"] / k["pA"]
            + s["ADPf"] * k["d"] / (1 + k["d"]) + s["MgADP"] * K["MgHADP"] * k["d"] / k["pD"]
            + (s["AMPf"] + s["IMPf"]) * k["m"] / (1 + k["m"]) + s["PCrf"] * k["r"] / (1 + k["r"])
            + (s["Pif"] + p["vSR"] * s["Pi_SR"]) * k["i"] / (1 + k["i"]) + p["B_H"] * h / (h + K_BH))


def factors(p: Fibre, s: dict[str, Any]) -> dict[str, Any]:
    """Totals, gates and feedback factors before normalisation; s is the states by name."""
    h = 10 ** -s["pH"]
    k = apparent(p["K"], h)
    ADP, Pi, ATP = s["ADPf"] + s["MgADP"], s["Pif"] + s["MgPi"], s["ATPf"] + s["MgATP"]
    b = s["CaSR_t"] - p["CSQ"] - p["K_CSQ"]
    CaSR = (b + (b * b + 4 * p["K_CSQ"] * s["CaSR_t"]) ** 0.5) / 2
    gamma = (s["MgADP"] * s["Pif"] / (1 + k["i"]) / 1e3
             / (s["MgATP"] * p["K"]["ATPase"] / h * k["pD"] / k["pA"] + 1e-30))
    mP = 0.594 * np.exp(-(p["T"] - 10) / 20.5)
    leak = 1 / (1 + 0.1 / 0.29 + s["Mg"] / 0.0216) / (1 + s["Mg"] / 0.299)
    gate = {km: s["MgATP"] / (s["MgATP"] + p[km]) for km in ("Km_XB", "Km_SE", "Km_NK", "Km_load")}
    return {"h": h, "k": k, "ADP": ADP, "Pi": Pi, "ATP": ATP, "CaSR": CaSR, "gamma": gamma, "leak": leak,
            **gate, "fPi": 1 - mP * Pi / (8 + Pi), "fH": 1 / (1 + h / 10 ** -p["pK_hF"]),
            "fS": gate["Km_SE"] / (1 + ADP / p["K_ADP_SE"]) * (1 - gamma * (CaSR / p["Ca_SE"]) ** 2),
            "release": ATP / (ATP + p["K_ATP_rel"]) / (1 + s["Mg"] / p["K_Mg_rel"]) * CaSR}


def sensed(p: Fibre, s: dict[str, Any], f: dict[str, Any]) -> tuple[Any, Any]:
    """What respiration senses (mM of ADP) and its drive without the static head."""
    A = ((1 - p["w_f"] - p["w_m"]) * f["ADP"] + p["w_f"] * s["ADPf"] / p["fA0"]
         + p["w_m"] * s["MgADP"] / p["fM0"])
    An = power(A, p["n"])
    return A, An / (p["K_ADP"] ** p["n"] + An) * f["Pi"] / (f["Pi"] + p["K_Pim"])


def glycolysis(p: Fibre, s: dict[str, Any], f: dict[str, Any]) -> Any:
    """Glucosyl units per second, mM/s."""
    return (p["V_gly"] * (p["phi_0"] + (1 - p["phi_0"]) * s["phos"]) * f["Pi"] / (f["Pi"] + p["K_Pig"])
            * s["AMPf"] / (p["K_AMPg"] + s["AMPf"]) * s["Gly"] / (s["Gly"] + p["K_Gly"])
            / (1 + (f["h"] / 10 ** -p["pK_hg"]) ** 4) * s["MgADP"] / (s["MgADP"] + 1e-3))


def deamination(p: Fibre, s: dict[str, Any], h: Any) -> Any:
    """AMP to IMP, mM/s."""
    return p["V_AMPD"] * s["AMPf"] / (p["K_AMP"] + s["AMPf"]) * h**2 / (h**2 + 10 ** (-2 * p["pK_hD"]))


def rest(preset: str | Fibre, **changes: Any) -> tuple[Fibre, Array]:
    """A fibre at its own temperature, with the parameters that close its balances, and its resting state."""
    p = dict(PRESETS[preset] if isinstance(preset, str) else preset) | changes
    if "K" not in p:
        p["K"] = constants(p["T"], p["I"])
        p.update({name: p[name] * 2 ** ((p["T"] - 37) / 10) for name in Q10_FROM_37})
        p["koff_ATP"] *= 1.5 ** ((p["T"] - 20) / 10)
    h, Mg = 10 ** -p["pH"], p["Mg"]
    k = apparent(p["K"], h)
    s: dict[str, float] = {"Mg": Mg, "pH": p["pH"], "Gly": p["Gly"], "x": p["x_0"], "phos": 0.0, "c": 0.0}
    for name, c in (("ATP", "kA"), ("PCr", "kC"), ("Pi", "kP")):
        s[name + "f"] = p[name] / (1 + k[c] * Mg)
        s["Mg" + name] = p[name] - s[name + "f"]
    s["Cr"] = p["Cr_total"] - p["PCr"]
    s["MgADP"] = s["MgATP"] * s["Cr"] / (s["PCrf"] * k["CK"])
    s["ADPf"] = s["MgADP"] / (k["kD"] * Mg)
    s["AMPf"] = k["AK"] * s["MgADP"] * s["ADPf"] / s["MgATP"]
    s["MgAMP"], s["MgB"] = k["kM"] * Mg * s["AMPf"], p["B_tot"] * Mg / (Mg + p["K_B"])
    J4 = deamination(p, s, h)
    s["IMPf"] = J4 / (p["k_re"] * s["MgATP"] / (s["MgATP"] + 0.5))
    s["MgIMP"] = k["kM"] * Mg * s["IMPf"]
    s["Pi_SR"] = p["Pi"]
    q = p["CaSR_0"] * p["Pi"] / p["PP"]
    if q >= 1:
        raise ValueError(f"calcium phosphate would precipitate at rest: q = {q:.3g}, must be below 1")
    s["CaPi"] = p["eps"] * q / (1 - q)
    s["CaSR_t"] = p["CaSR_0"] + p["CSQ"] * p["CaSR_0"] / (p["K_CSQ"] + p["CaSR_0"])
    s["HT"] = bound_protons(p, k, h, s)
    p["f0"] = f = factors(p, s)
    p["fA0"], p["fM0"] = s["ADPf"] / f["ADP"], s["MgADP"] / f["ADP"]
    s["y"] = p["y_0"] = p["J_rest"] / (p["V_ox"] * p["x_0"] / (p["x_0"] + p["K_x"]))
    A, d_0 = sensed(p, s, f)
    if s["y"] >= d_0 or s["Cr"] <= 0:
        raise ValueError(f"respiration cannot pay for rest: it needs a drive of {s['y']:.3g}, has {d_0:.3g}")
    p["G_sh"] = p["ATP"] / (A * p["Pi"]) / (1 - s["y"] / d_0)
    p["J_gly0"] = glycolysis(p, s, f)
    p["J_base"] = p["J_rest"] + 3 * p["J_gly0"] - J4
    p["g_0"] = p["J_rest"] / p["P_O"] / (1 - p["x_0"])
    s["Lac"] = p["Lac_o"] * 10 ** -p["pH_o"] / h + 2 * p["J_gly0"] / p["k_L"]
    return p, np.array([s[name] for name in NAMES])


def fluxes(p: Fibre, y: Array, drive: float = 0.0) -> dict[str, Any]:
    """Every reaction rate (mM/s, J1..J10 numbered as in the description) and what the equations need."""
    s: dict[str, Any] = dict(zip(NAMES, y.tolist() if y.ndim == 1 else y, strict=True))
    f, f0 = factors(p, s), p["f0"]
    k, h, h_0 = f["k"], f["h"], f0["h"]
    n = {name: f[name] / f0[name] for name in
         ("Km_XB", "Km_SE", "Km_NK", "Km_load", "fPi", "fH", "fS", "release", "leak")}
    Ca50 = p["Ca50"] * (1 + p["Ca50_Pi"] * (f["Pi"] - p["Pi"]) + p["Ca50_h"] * (h / h_0 - 1))
    c35 = power(s["c"], 3.5)
    act = c35 / (c35 + Ca50**3.5) * (1 + p["Ca50"] ** 3.5)
    F = act * n["fPi"] * n["fH"] * n["Km_XB"]
    A, d = sensed(p, s, f)
    respire = d * (1 - f["ATP"] / (A * f["Pi"] * p["G_sh"]))
    matrix = s["Mg"] / (s["Mg"] + p["K_mMg"]) * (p["Mg"] + p["K_mMg"]) / p["Mg"]
    supply = p["supply_in"] / (1 + p["occ"] * (F / 0.35) ** 4)
    J_XB, J_SE, J_NK = (p["demand"] * p["V_XB"] * F, p["demand"] * p["V_SE"] * s["c"] * n["fS"],
                        p["demand"] * p["V_NK"] * act * n["Km_NK"])
    J_base = p["J_base"] * n["Km_SE"] * (1 + p["leak"] * (n["leak"] - 1)) + p["load"] * n["Km_load"]
    return {
        "s": s, "f": f, "k": k, "n": n, "act": act, "F": F, "respire": respire, "supply": supply,
        "J_XB": J_XB, "J_SE": J_SE, "J_NK": J_NK, "J_base": J_base, "J1": J_XB + J_SE + J_NK + J_base,
        "J2": p["k_CK"] * (s["MgADP"] * s["PCrf"] - s["MgATP"] * s["Cr"] / k["CK"]),
        "J3": p["k_AK"] * (s["MgADP"] * s["ADPf"] - s["MgATP"] * s["AMPf"] / k["AK"]),
        "J4": deamination(p, s, h), "J5": p["k_re"] * s["IMPf"] * s["MgATP"] / (s["MgATP"] + 0.5),
        "J6": glycolysis(p, s, f), "J7": p["V_ox"] * respire * s["x"] / (s["x"] + p["K_x"]) * matrix,
        "J8": supply * p["k_L"] * (s["Lac"] - p["Lac_o"] * 10 ** -p["pH_o"] / h) * h / h_0,
        "J9": supply * p["lambda"] * (p["pH"] - s["pH"]), "J10": p["J_gly0"],
        "J_Mg": p["J_ex"] * (1 - s["Mg"] / p["Mg"]), "J_Pi": p["k_Pi"] * (f["Pi"] - s["Pi_SR"]),
        "J_p": p["k_p"] * (f["CaSR"] * s["Pi_SR"] - p["PP"] * s["CaPi"] / (s["CaPi"] + p["eps"])),
        "dc": (drive * n["release"] - s["c"] * n["fS"]) / p["tau_c"],
    }


def free_energy(p: Fibre, y: Array) -> Any:
    """Free energy of ATP hydrolysis, kJ/mol."""
    return 1e-3 * R * (p["T"] + 273.15) * np.log(fluxes(p, y)["f"]["gamma"])


def rhs(p: Fibre, y: Array, drive: float = 0.0) -> Array:
    """dy/dt per second; y is (26,) or (26, n)."""
    j = fluxes(p, y, drive)
    s, k, f = j["s"], j["k"], j["f"]
    Mg, J1, J2, J3, J4, J5, J6, J7 = s["Mg"], *(j[f"J{i}"] for i in range(1, 8))
    bind = {"ATP": p["koff_ATP"] * (k["kA"] * Mg * s["ATPf"] - s["MgATP"]),
            **{L: p["koff_w"] * (k[c] * Mg * s[L + "f"] - s["Mg" + L]) for L, c in
               (("ADP", "kD"), ("PCr", "kC"), ("Pi", "kP"), ("AMP", "kM"), ("IMP", "kM"))}}
    J_B = p["koff_B"] * (Mg * (p["B_tot"] - s["MgB"]) / p["K_B"] - s["MgB"])
    made = -J1 + J2 + J3 - J5 + 3 * J6 + J7  # MgATP
    g = j["supply"] * (p["g_0"] + (p["g_max"] - p["g_0"]) * (s["y"] - p["y_0"]) / (1 - p["y_0"]))
    d: dict[str, Any] = {
        "Mg": j["J_Mg"] - sum(bind.values()) - J_B, "MgB": J_B,
        "ATPf": -bind["ATP"], "MgATP": bind["ATP"] + made,
        "ADPf": -bind["ADP"] - J3, "MgADP": bind["ADP"] + J1 - J2 - J3 + J5 - 3 * J6 - J7,
        "AMPf": -bind["AMP"] + J3 - J4 + J5, "MgAMP": bind["AMP"],
        "IMPf": -bind["IMP"] + J4 - J5, "MgIMP": bind["IMP"],
        "PCrf": -bind["PCr"] - J2, "MgPCr": bind["PCr"], "Cr": J2,
        "Pif": -bind["Pi"] + J1 + J5 - 3 * J6 - J7 - p["vSR"] * j["J_Pi"], "MgPi": bind["Pi"],
        "HT": J1 - J2 - J4 + 2 * J5 - J6 - J7 - j["J8"] - j["J9"],
        "pH": -p["k_pH"] * (s["HT"] - bound_protons(p, k, f["h"], s)) / p["beta_0"],
        "Lac": 2 * J6 - j["J8"], "Gly": j["J10"] - J6, "phos": (j["act"] - s["phos"]) / p["tau_phos"],
        "x": (g * (1 - s["x"]) - J7 / p["P_O"]) / p["S_x"], "y": (j["respire"] - s["y"]) / p["tau_hyp"],
        "Pi_SR": j["J_Pi"] - j["J_p"], "CaPi": j["J_p"], "CaSR_t": -j["J_p"], "c": j["dc"],
    }
    return np.array([d[name] + 0 * s["Mg"] for name in NAMES])


def jacobian(p: Fibre, y: Array, drive: float = 0.0) -> Array:
    """d rhs / dy by complex step (exact to rounding)."""
    step = 1e-30
    return rhs(p, y[:, None] + 1j * step * np.eye(len(NAMES)), drive).imag / step


def run(p: Fibre, y: Array, knots: list[tuple[float, float]], rtol: float = 1e-6,
        method: str = "LSODA") -> tuple[Array, Array]:
    """Times (n,) and states (26, n); the drive is linear between knots (time, drive), restarts at each."""
    from scipy.integrate import solve_ivp

    atol = rtol * np.maximum(1e-3 * np.abs(y), 1e-6)
    ts, ys = [np.array([knots[0][0]])], [y[:, None]]
    for (a, u), (b, v) in pairwise(knots):
        if b <= a:
            continue

        def level(t: float, a: float = a, b: float = b, u: float = u, v: float = v) -> float:
            return u + (v - u) * (t - a) / (b - a)

        sol = solve_ivp(lambda t, x: rhs(p, x, level(t)), (a, b), ys[-1][:, -1], method,  # noqa: B023
                        rtol=rtol, atol=atol, jac=lambda t, x: jacobian(p, x, level(t)))  # noqa: B023
        if not sol.success:
            raise RuntimeError(f"integration stopped at {sol.t[-1]} s: {sol.message}")
        ts.append(sol.t[1:])
        ys.append(sol.y[:, 1:])
    return np.concatenate(ts), np.concatenate(ys, axis=1)


def contractions(starts: list[float], length: float, end: float) -> list[tuple[float, float]]:
    """Knots of a drive that is 1 for `length` s from each start and 0 elsewhere, until `end`."""
    knots = [(0.0, 0.0)]
    for t in starts:
        knots += [(t, 0.0), (t, 1.0), (t + length, 1.0), (t + length, 0.0)]
    return [*knots, (end, 0.0)]


def conserved(p: Fibre, y: Array) -> Array:
    """Totals of Mg, adenine, creatine, phosphate and lumenal Ca, mM; y is (26,) or (26, n)."""
    s = dict(zip(NAMES, y, strict=True))
    pool = {L: s[L + "f"] + s["Mg" + L] for L in ("ATP", "ADP", "AMP", "IMP", "PCr", "Pi")}
    return np.array([
        sum(s[name] for name in NAMES if name.startswith("Mg")),
        pool["ATP"] + pool["ADP"] + pool["AMP"] + pool["IMP"], pool["PCr"] + s["Cr"],
        pool["Pi"] + pool["PCr"] + 3 * pool["ATP"] + 2 * pool["ADP"] + pool["AMP"] + pool["IMP"]
        + p["vSR"] * (s["Pi_SR"] + s["CaPi"]), s["CaSR_t"] + s["CaPi"]])


def lose_magnesium(p: Fibre, y: Array, share: float, hold: float = 4 * 3600) -> Array:
    """The state after the Mg pool is cut to `share` at once and the fibre rests for `hold` seconds."""
    z = y.copy()
    for name in (name for name in NAMES if name.startswith("Mg")):
        z[AT[name]] *= share
        if name[2:] + "f" in AT:
            z[AT[name[2:] + "f"]] += y[AT[name]] * (1 - share)
    return run(p, z, [(0.0, 0.0), (hold, 0.0)], 1e-8)[1][:, -1]
