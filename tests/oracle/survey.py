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
        self.taken = {}
        self.counted = {}
        self.pairs = {}

    def steps(self, id):
        """The place of each sheet's answer on its scale, lowest 0, or None."""
        if id not in self.taken:
            answers = [row.get(id) for row in self.rows]
            self.taken[id] = [answer if isinstance(answer, int) else None for answer in answers]
        return self.taken[id]

    def counts(self, id):
        """How many answered, the sum of their steps, and how many chose step 3 or above."""
        if id not in self.counted:
            given = [step for step in self.steps(id) if step is not None]
            self.counted[id] = len(given), sum(given), sum(1 for step in given if step >= 3)
        return self.counted[id]

    def mean(self, id, scale=5, reverse=False):
        """The mean on 0-100 of a question that somebody answered; turned round first."""
        answered, steps, _ = self.counts(id)
        if reverse:
            steps = answered * (scale - 1) - steps
        return Fraction(100 * steps, answered * (scale - 1))

    def term(self, a, b):
        """s_ab (n_ab/(n_a n_b) - 1/N) of two national questions: whole numbers throughout,
        and one division at the end."""
        key = (a, b) if a < b else (b, a)
        if key not in self.pairs:
            both = [(p, q) for p, q in zip(self.steps(a), self.steps(b)) if p is not None and q is not None]
            n, found = len(both), 0.0
            if n >= 2:
                x, y = sum(p for p, _ in both), sum(q for _, q in both)
                # Covariance times n (n - 1), in points of 25 each.
                spread = 625 * (n * sum(p * q for p, q in both) - x * y)
                alone = self.counts(a)[0] * self.counts(b)[0]
                if self.asked:
                    found = spread * (n * self.asked - alone) / (n * (n - 1) * alone * self.asked)
                else:
                    found = spread * n / (n * (n - 1) * alone)
            self.pairs[key] = found
        return self.pairs[key]

    def variance(self, weights):
        """Sum over questions j and k of w_j w_k times their term; a negative one is 0."""
        questions = list(weights)
        terms = []
        for nth, a in enumerate(questions):
            terms.append(weights[a] * weights[a] * self.term(a, a))
            terms += [2 * weights[a] * weights[b] * self.term(a, b) for b in questions[:nth]]
        return max(0.0, math.fsum(terms))


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
        share * stratum.mean(id, scale, reverse)
        for stratum, share in zip(strata, shares(strata, asked, id))
        if share
    )


def half_width(strata, asked, weights, answered):
    """t times the root of V, which is the sum of the strata's. None where nothing rests on a
    question or one sheet alone answered."""
    if not weights or answered < 2:
        return None
    variances = []
    for nth, stratum in enumerate(strata):
        own = {id: float(weight * shares(strata, asked, id)[nth]) for id, weight in weights.items()}
        variances.append(stratum.variance({id: weight for id, weight in own.items() if weight}))
    return chance.t975(answered - 1) * math.sqrt(math.fsum(variances))


def upper_share(agree, answered, asked):
    """Upper end of Wilson's interval of a share, as a part of 1."""
    share = agree / answered
    if asked is None:
        return chance.wilson_upper(share, answered)
    if answered >= asked:
        return share
    return chance.wilson_upper(share, answered * (asked - 1) / (asked - answered))
