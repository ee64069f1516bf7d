"""The loop over segments of constant input, in the kernel subset, compiled together with `advance`."""
# ruff: noqa: F821
# mypy: ignore-errors

from __future__ import annotations


def advance_all(
    s: array,
    k: ints,
    y: array,
    edges: array,
    inputs: array,
    input_row: ints,
    jumps: array,
    jump_row: ints,
    c: array,
    scale: array,
    work: array,
    t_out: array,
    y_out: array,
) -> integer:
    """Integrate over all segments: m lasts from edges[m] to edges[m + 1] with row input_row[m] of inputs.

    Row jump_row[m] of jumps is added to y when the segment begins, none if it is negative.
    """
    steps = k[ALLOWANCE]
    status = DONE
    while k[SEGMENT] < k[SEGMENTS]:
        m = k[SEGMENT]
        u = tail(inputs, input_row[m] * N_INPUTS)
        if k[BEGUN] == 0:
            status = begin(s, k, y, u, edges, jumps, jump_row, c, scale, work, t_out, y_out)
            if status != DONE:
                break
        before = k[ACCEPTED] + k[REJECTED]
        status = advance(s, k, y, u, c, scale, work, t_out, y_out)
        k[ALLOWANCE] -= k[ACCEPTED] + k[REJECTED] - before
        if status != DONE:
            break
        k[SEGMENT] += 1
        k[BEGUN] = 0
    k[ALLOWANCE] = steps
    return status


def begin(
    s: array,
    k: ints,
    y: array,
    u: array,
    edges: array,
    jumps: array,
    jump_row: ints,
    c: array,
    scale: array,
    work: array,
    t_out: array,
    y_out: array,
) -> integer:
    """Start a segment: jump, write the row of its first moment, choose the first step."""
    m = k[SEGMENT]
    s[TIME] = edges[m]
    s[TIME_END] = edges[m + 1]
    if jump_row[m] >= 0:
        for i in range(N):
            y[i] += jumps[jump_row[m] * N + i]
        if k[NEXT] > 0:
            if t_out[k[NEXT] - 1] == s[TIME]:  # at a jump the state after it counts
                k[NEXT] -= 1
    if k[NEXT] < k[OUTPUTS]:
        if t_out[k[NEXT]] == s[TIME]:
            for i in range(N):
                y_out[k[NEXT] * N + i] = y[i]
            k[NEXT] += 1
    f = tail(work, AT_F)
    jacobian(y, u, c, f, tail(work, AT_J))
    if finite(f) == 0:
        k[WORST] = first_not_finite(f)
        return NOT_FINITE
    s[STEP] = initial_step(s, y, u, c, f, scale, tail(work, AT_Z), tail(work, AT_NEW))
    k[RHS_CALLS] += 1
    k[JACOBIANS] += 1
    k[RETRY] = 0
    k[BEGUN] = 1
    return DONE


def initial_step(s: array, y: array, u: array, c: array, f: array, scale: array, z: array, g: array) -> real:
    """Guess a first step at y from the rate of change f and from how f bends.

    In tolerances, speed is the norm of y' and bend that of y''. The higher derivatives are taken to
    grow by bend / speed each, and the step is the one whose error would then be near one.
    """
    weigh_rate(y, f, scale, s[RTOL], z)
    speed = sqrt(total(z) / N)
    span = s[TIME_END] - s[TIME]
    if speed * span <= 1e-3:
        return span
    h = min(span, 1.0 / speed)
    for i in range(N):
        z[i] = y[i] + h * f[i]
    rhs(z, u, c, g)
    for i in range(N):
        g[i] = (g[i] - f[i]) / h
    weigh_rate(y, g, scale, s[RTOL], z)
    growth = sqrt(total(z) / N) / speed
    if not growth * h < HUGE:
        return 1e-3 * h
    if growth * span < 1e-3:
        return span
    # A rate of 1e17 per ms would ask for a step that cannot be added to the time; too long a one is only retried.
    return min(span, max(1e-10 * span, exp(log(growth / speed) / ORDER) / growth))


def weigh_rate(y: array, rate: array, scale: array, rtol: real, z: array) -> None:
    """Put the squared weighted rate of change of each state into z."""
    for i in range(N):
        e = rate[i] / (rtol * (scale[i] + abs(y[i])))
        z[i] = e * e
