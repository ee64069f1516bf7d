"""The time loop of the solver, in the kernel subset: it runs natively or as plain Python.

It is compiled together with the functions of a model (`rhs`, `jacobian`, `factor`, `solve`) and the
stages of a method (`stages`, `dense`, from `rosenbrock`); the capital names not set here are
constants from there.
"""
# ruff: noqa: F821
# mypy: ignore-errors

from __future__ import annotations

# Places in s, the real part of the solver's memory.
TIME = 0
TIME_END = 1
STEP = 2  # the step to try next
RTOL = 3
STEP_MAX = 4

# Places in k, the integer part.
NEXT = 0  # the next output row
OUTPUTS = 1
ALLOWANCE = 2  # steps that one call may take
ACCEPTED = 3
REJECTED = 4
RHS_CALLS = 5
JACOBIANS = 6
FACTORS = 7
RETRY = 8  # whether the last step was rejected
WORST = 9  # the state that failed
SEGMENT = 10  # the segment under way, and whether it has begun
BEGUN = 11
SEGMENTS = 12

DONE = 0
MORE = 1
UNDERFLOW = 2
NOT_FINITE = 3


def advance(
    s: array, k: ints, y: array, u: array, c: array, scale: array, work: array, t_out: array, y_out: array
) -> integer:
    """Integrate to TIME_END with constant input u, at most ALLOWANCE steps.

    On entry work holds f and the Jacobian at y, and so it does on every way out but DONE: a call with
    a new allowance goes on as if it had never stopped.
    """
    f = tail(work, AT_F)
    new = tail(work, AT_NEW)
    z = tail(work, AT_Z)
    stage = tail(work, AT_STAGES)
    J = tail(work, AT_J)
    W = tail(work, AT_W)
    t_end = s[TIME_END]
    left = k[ALLOWANCE]
    while s[TIME] < t_end:
        if left == 0:
            return MORE
        left -= 1
        t = s[TIME]
        # Land on the end exactly, and never leave a sliver of a step before it.
        h = min(s[STEP], s[STEP_MAX])
        t_new = t + h
        if t + 1.000001 * h >= t_end:
            h = t_end - t
            t_new = t_end
        elif t + 2.0 * h > t_end:
            h = 0.5 * (t_end - t)
            t_new = t + h
        if 0.1 * h <= EPSILON * abs(t) or h < SMALLEST_STEP:
            k[WORST] = largest(z)
            return UNDERFLOW
        factor(J, h * GAMMA, W)
        k[FACTORS] += 1
        stages(y, u, c, f, W, h, z, new, stage)
        k[RHS_CALLS] += STAGES - 1
        weigh(y, new, tail(stage, (STAGES - 1) * N), scale, s[RTOL], z)
        error = total(z)
        good = error <= 1.0
        if good and t_new < t_end:
            # f at the new point starts the next step: a point where it does not exist is no good.
            jacobian(new, u, c, z, J)
            k[JACOBIANS] += 1
            if finite(z) == 0:
                error = total(z)
                good = False
                jacobian(y, u, c, f, J)
        if not good:
            k[REJECTED] += 1
            k[RETRY] = 1
            s[STEP] = h * 0.25
            if error < HUGE:
                s[STEP] = h * max(0.1, factor_for(error))
            continue
        if k[NEXT] < k[OUTPUTS]:
            if t_out[k[NEXT]] <= t_new:
                dense(stage, tail(work, AT_DENSE))
                k[NEXT] = write_rows(t, t_new, h, y, new, tail(work, AT_DENSE), k[NEXT], k[OUTPUTS], t_out, y_out)
        grow(s, k, h, error)
        k[ACCEPTED] += 1
        k[RETRY] = 0
        s[TIME] = t_new
        for i in range(N):
            y[i] = new[i]
        if t_new < t_end:
            for i in range(N):
                f[i] = z[i]
    return DONE


def grow(s: array, k: ints, h: real, error: real) -> None:
    """Set the next step after an accepted one."""
    # A step that was cut to land on the end may grow back to what was proposed before.
    most = max(6.0 * h, s[STEP])
    if k[RETRY] == 1:
        most = h
    s[STEP] = min(most, h * max(0.2, factor_for(error)))


def factor_for(error: real) -> real:
    """Give the change of step that would bring a fourth power of the error near one."""
    return 0.85 * exp(-log(max(error, 1e-60)) * QUARTER_POWER)


def weigh(y: array, new: array, error: array, scale: array, rtol: real, z: array) -> None:
    """Put the fourth power of the weighted error of each state into z.

    Their sum is near the largest of them, so that the tolerance holds for every state however many
    there are, and still is smooth and passes NaN on.
    """
    for i in range(N):
        e = error[i] / (rtol * (scale[i] + max(abs(y[i]), abs(new[i]))))
        e = e * e
        z[i] = e * e


def write_rows(
    t: real,
    t_new: real,
    h: real,
    y: array,
    new: array,
    d: array,
    row: integer,
    rows: integer,
    t_out: array,
    y_out: array,
) -> integer:
    """Write the output rows in (t, t_new], and give the number of the next one."""
    while row < rows:
        if t_out[row] > t_new:
            break
        theta = 1.0
        if t_out[row] < t_new:
            theta = (t_out[row] - t) / h
        rest = 1.0 - theta
        place = tail(y_out, row * N)
        for i in range(N):
            bend = d[i] + theta * (d[N + i] + theta * d[2 * N + i])
            place[i] = rest * y[i] + theta * (new[i] + rest * bend)
        row += 1
    return row


def total(v: array) -> real:
    """Add the N elements of v, in four chains because one would wait for each addition."""
    a = 0.0
    b = 0.0
    p = 0.0
    q = 0.0
    for i in range(0, N - 3, 4):
        a += v[i]
        b += v[i + 1]
        p += v[i + 2]
        q += v[i + 3]
    for i in range(N - N_REST, N):
        a += v[i]
    return (a + b) + (p + q)


def finite(v: array) -> integer:
    """Give 1 if all N elements are finite, else 0."""
    x = total(v)
    return 1 if x - x == 0.0 else 0


def first_not_finite(v: array) -> integer:
    """Give the index of the first element that is not finite."""
    for i in range(N):
        if v[i] - v[i] != 0.0:
            return i
    return 0


def largest(v: array) -> integer:
    """Give the index of the largest element, or of the first that is not finite."""
    best = first_not_finite(v)
    if v[best] - v[best] == 0.0:
        for i in range(N):
            if v[i] > v[best]:
                best = i
    return best
