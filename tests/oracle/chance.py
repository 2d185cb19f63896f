"""The two quantities from probability that the rules need, each in its own way.

Student's t from the integral that defines it, by Gauss and Legendre's quadrature, solved by
halving. Wilson's upper end by halving on the score test that defines it. Both by other means
than series, closed forms or tables.
"""

import functools
import math

# The 97.5th percentile of the normal distribution.
Z = 1.959963984540054


def legendre(count):
    """Nodes and weights of Gauss and Legendre's rule on -1 to 1."""
    rule = []
    for k in range(count):
        x = math.cos(math.pi * (k + 0.75) / (count + 0.5))
        for _ in range(50):
            before, here = 1.0, x
            for n in range(2, count + 1):
                before, here = here, ((2 * n - 1) * x * here - (n - 1) * before) / n
            slope = count * (x * here - before) / (x * x - 1)
            x -= here / slope
        rule.append((x, 2 / ((1 - x * x) * slope * slope)))
    return rule


RULE = legendre(16)
PANELS = 12


def integral(f, low, high):
    width = (high - low) / PANELS
    return math.fsum(
        weight * f(low + width * (panel + (x + 1) / 2)) for panel in range(PANELS) for x, weight in RULE
    ) * width / 2


@functools.lru_cache(maxsize=None)
def t975(freedom):
    """The 97.5th percentile of Student's t.

    With t = sqrt(freedom) tan(angle) the density is cos(angle) to the power freedom - 1, up
    to a factor that cancels: 95% of its integral lies within the angle sought."""
    scale = math.sqrt(freedom)
    whole = integral(lambda u: math.cos(u / scale) ** (freedom - 1), 0.0, scale * math.pi / 2)
    if freedom > 40:
        # The far tail is nothing, and the panels are better spent where the mass is.
        whole = integral(lambda u: math.cos(u / scale) ** (freedom - 1), 0.0, 10.0)
    low, high = 0.0, scale * math.pi / 2
    for _ in range(60):
        middle = (low + high) / 2
        if integral(lambda u: math.cos(u / scale) ** (freedom - 1), 0.0, middle) < 0.95 * whole:
            low = middle
        else:
            high = middle
    return scale * math.tan((low + high) / 2 / scale)


def wilson_upper(share, m):
    """The largest p that a share among m does not contradict: |share - p| = z sqrt(p(1-p)/m)."""
    low, high = share, 1.0
    for _ in range(200):
        middle = (low + high) / 2
        if middle - share <= Z * math.sqrt(middle * (1 - middle) / m):
            low = middle
        else:
            high = middle
    return (low + high) / 2


if __name__ == "__main__":
    # The two degrees of freedom for which the percentile has a closed form, and its limit.
    assert abs(t975(1) - math.tan(math.pi * 0.475)) < 1e-12
    assert abs(t975(2) - math.sqrt(2 * 0.95**2 / (1 - 0.95**2))) < 1e-12
    assert abs(t975(20_000) - Z) < 2e-4
    assert abs(wilson_upper(0.5, 40) - 0.6480) < 1e-4
    print("well")
