"""The national core, edition 2026.1, as this oracle knows it.

Written down from the rules themselves and not from the program: standards, items in
national order, wordings, formulas' anchors, bands, and which question stands beside which
statement. If the program's cards change and this does not, the oracle disagrees, which is
what it is for.
"""

from fractions import Fraction

STANDARDS = ["caseload", "supervision", "systems", "staffing", "research", "welfare"]

ANSWERS = ["strongly disagree", "disagree", "neither", "agree", "strongly agree"]
UNSCORED = ["not applicable", "prefer not to say"]

# id, standard, kind, wording, best, worst
ITEMS = [
    ("caseload-per-fte", "caseload", "measure", "Cases per full-time equivalent practitioner who holds cases", 12, 22),
    ("high-caseloads", "caseload", "measure", "Share of case holders far above the usual load", 0, 40),
    ("unallocated-cases", "caseload", "measure", "Open cases without a named practitioner", 0, 5),
    ("hours-over-contract", "caseload", "measure", "Hours worked above contract, a week", 0, 8),
    ("caseload-manageable", "caseload", "question", "I can do my work well within my contracted hours", None, None),
    ("caseload-fits-experience", "caseload", "question", "The complexity of my cases suits my experience", None, None),
    ("ceiling-reviewed", "caseload", "statement", "A caseload ceiling is agreed with practitioners and was reviewed in the last 12 months", None, None),
    ("newly-qualified-protected", "caseload", "statement", "Newly qualified practitioners carry a reduced, protected caseload", None, None),
    ("supervision-held", "supervision", "measure", "Supervision sessions held of those due", 100, 60),
    ("appraisal-current", "supervision", "measure", "Practitioners with an appraisal in the last 12 months", 100, 60),
    ("supervision-quality", "supervision", "question", "My supervision helps me to reflect and to decide", None, None),
    ("supervision-protected", "supervision", "question", "My supervision time is kept and not interrupted", None, None),
    ("manager-access", "supervision", "question", "I can reach a manager when I need one between sessions", None, None),
    ("team-supervision", "supervision", "question", "My team meets to reflect on its practice", None, None),
    ("supervision-policy", "supervision", "statement", "A written policy sets individual and team supervision and its frequency, and is audited", None, None),
    ("system-hours-lost", "systems", "measure", "Hours lost to system faults per practitioner a month", 0, 8),
    ("case-system", "systems", "question", "Our case recording system supports my work", None, None),
    ("equipment", "systems", "question", "I have the equipment I need, in the office and out", None, None),
    ("it-help", "systems", "question", "IT problems are put right quickly", None, None),
    ("admin-support", "systems", "question", "I have the administrative support I need", None, None),
    ("confidential-space", "systems", "question", "I can find a private place to meet people", None, None),
    ("admin-tasks-reviewed", "systems", "statement", "Tasks that others could do have been reviewed and moved from practitioners in the last 12 months", None, None),
    ("vacancy-rate", "staffing", "measure", "Vacant posts", 5, 30),
    ("turnover-rate", "staffing", "measure", "Leavers in the year", 8, 25),
    ("agency-rate", "staffing", "measure", "Agency practitioners", 4, 30),
    ("time-to-fill", "staffing", "measure", "Working days from vacancy to start", 30, 120),
    ("cover", "staffing", "question", "When a colleague is away, their work is covered", None, None),
    ("intend-to-stay", "staffing", "question", "I expect to be working here in a year's time", None, None),
    ("workforce-plan", "staffing", "statement", "A workforce plan looks ahead, with a route to senior managers and members when demand outgrows it", None, None),
    ("research-access", "research", "question", "I can get at research and guidance that bears on my cases", None, None),
    ("research-time", "research", "question", "I have time to use research and to learn", None, None),
    ("development", "research", "question", "I get the training and development that I need", None, None),
    ("specialist-advice", "research", "question", "I can get legal and other specialist advice when I need it", None, None),
    ("research-service", "research", "statement", "Practitioners have a research service, and someone whose job is to help them use it", None, None),
    ("sickness-absence", "welfare", "measure", "Working days lost to sickness", 2, 7),
    ("safe-at-work", "welfare", "question", "I am safe at work, alone and on visits", None, None),
    ("raise-concerns", "welfare", "question", "I can raise concerns without fear", None, None),
    ("wellbeing-support", "welfare", "question", "My employer looks after my wellbeing", None, None),
    ("lone-working", "welfare", "statement", "Lone working and violence are risk-assessed, and the assessment is reviewed every year", None, None),
]
assert len(ITEMS) == 39

# Statements whose "yes" claims something of the last 12 months or of every year.
YEARLY = {"ceiling-reviewed", "admin-tasks-reviewed", "lone-working"}

# Statement -> the question that practitioners would notice it by.
NOTICED_BY = {
    "ceiling-reviewed": "caseload-manageable",
    "newly-qualified-protected": "caseload-fits-experience",
    "supervision-policy": "supervision-protected",
    "admin-tasks-reviewed": "admin-support",
    "workforce-plan": "cover",
    "research-service": "research-access",
    "lone-working": "safe-at-work",
}

BANDS = ["inadequate", "requires improvement", "good", "outstanding"]
FROM = [0, 39, 63, 88]


def band(score):
    """Index of the band of an exact score, rounded half up to a whole number."""
    whole = (Fraction(score) + Fraction(1, 2)).__floor__()
    return max(index for index, start in enumerate(FROM) if whole >= start or index == 0)
