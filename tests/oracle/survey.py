"""Answer sheets: means, their variances and covariances, and who answered at all."""

import math
from fractions import Fraction

import chance

FEWEST = 10


class Sheets:
    """The sheets of one group, and how many practitioners were asked there (or None)."""

    def __init__(self, rows, asked, national):
        self.rows = rows
        self.asked = asked
        # Answered: at least one national question has a scored answer.
        self.answered = sum(1 for row in rows if any(isinstance(row.get(id), int) for id in national))
        self.points = {}
        self.pairs = {}
        self.counted = {}
        self.taken = {}

    def scores(self, id, scale, reverse):
        """Answer of each sheet on 0-100, None where there is none."""
        key = (id, scale, reverse)
        if key not in self.points:
            top = scale - 1
            self.points[key] = [
                None if not isinstance(row.get(id), int) else (top - row[id] if reverse else row[id]) * Fraction(100, top)
                for row in self.rows
            ]
        return self.points[key]

    def mean(self, id, scale=5, reverse=False):
        given = [point for point in self.scores(id, scale, reverse) if point is not None]
        return (sum(given, Fraction(0)) / len(given) if given else None), len(given)

    def counts(self, id):
        """How many answered, and how many of them chose one of the upper two of five."""
        if id not in self.counted:
            given = [row.get(id) for row in self.rows if isinstance(row.get(id), int)]
            self.counted[id] = len(given), sum(1 for answer in given if answer >= 3)
        return self.counted[id]

    def term(self, a, b):
        """s_ab (n_ab/(n_a n_b) - 1/N) of two national questions, exactly."""
        if (a, b) not in self.pairs:
            # In steps of 25 points, so that everything is whole numbers.
            given = zip(self.steps(a), self.steps(b))
            both = [(p, q) for p, q in given if p is not None and q is not None]
            n = len(both)
            if n < 2:
                found = Fraction(0)
            else:
                x, y = sum(p for p, _ in both), sum(q for _, q in both)
                covariance = 625 * (Fraction(sum(p * q for p, q in both)) - Fraction(x * y, n)) / (n - 1)
                found = covariance * (Fraction(n, self.counts(a)[0] * self.counts(b)[0]) - self.one_over_asked())
            self.pairs[a, b] = self.pairs[b, a] = found
        return self.pairs[a, b]

    def steps(self, id):
        if id not in self.taken:
            self.taken[id] = [row[id] if isinstance(row[id], int) else None for row in self.rows]
        return self.taken[id]

    def one_over_asked(self):
        return Fraction(1, self.asked) if self.asked else Fraction(0)

    def variance(self, weights):
        """Sum over questions j and k of w_j w_k times their term."""
        total = Fraction(0)
        questions = list(weights)
        for nth, a in enumerate(questions):
            for b in questions[: nth + 1]:
                term = self.term(a, b)
                if term:
                    total += (1 if a == b else 2) * weights[a] * weights[b] * term
        return max(Fraction(0), total)


def shares(strata, asked, id):
    """Each stratum's weight in a question's mean: by how many were asked, among the strata in
    which anybody answered it. (Of a stratum without an answer the rules say nothing: it has
    no mean to weigh.) One stratum alone weighs all."""
    if len(strata) == 1:
        return [Fraction(1)]
    weights = [number if stratum.counts(id)[0] else 0 for stratum, number in zip(strata, asked)]
    return [Fraction(weight, sum(weights)) for weight in weights]


def mean(strata, asked, id, scale=5, reverse=False):
    """The mean of a question that somebody answered, over strata."""
    return sum(
        share * stratum.mean(id, scale, reverse)[0]
        for stratum, share in zip(strata, shares(strata, asked, id))
        if share
    )


def half_width(strata, asked, weights, answered):
    """t times the root of V, which is the sum of the strata's. None where nothing rests on a
    question or one sheet alone answered."""
    if not weights or answered < 2:
        return None
    variance = Fraction(0)
    for nth, stratum in enumerate(strata):
        own = {id: weight * shares(strata, asked, id)[nth] for id, weight in weights.items()}
        variance += stratum.variance({id: weight for id, weight in own.items() if weight})
    return chance.t975(answered - 1) * math.sqrt(variance)


def upper_share(agree, answered, asked):
    """Upper end of Wilson's interval of a share, as a part of 1."""
    share = agree / answered
    if asked is None:
        return chance.wilson_upper(share, answered)
    if answered >= asked:
        return share
    return chance.wilson_upper(share, answered * (asked - 1) / (asked - answered))
