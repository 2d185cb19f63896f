#!/usr/bin/env python3
"""The same published figures by healthcheck and by other tools, in turn and several rounds.

    benches/compare.py [--rounds 5] [--rows 1000000 4000000] [--program PATH] [--peers PATH]

Out: docs/performance.md, with medians of time and processor time, ratios, memory, the machine, and what was aimed at
beside what was reached, missed or not. The page is written anew after each kind of work. Each tool is checked
to give what healthcheck publishes. What is not installed is skipped, and the page says so; the tools in Python come
with `pip install polars duckdb pandas`.
"""
import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAMES = {
    "check": "healthcheck `check`: the same figures, and all others of every item and group",
    "run": "healthcheck `run`: those, intervals, disclosure, attack, pages and open data on the disk",
    "limit": "hand-written scan in Rust, all cores (the limit)",
    "crate": "plain `csv` crate, one thread",
    "polars": "polars", "duckdb": "DuckDB", "pandas": "pandas", "csv": "Python's `csv`",
}


def built(name, arguments):
    """The path of the program of that name, which cargo builds."""
    out = subprocess.run(["cargo", *arguments, "--message-format=json"], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout
    told = [json.loads(line) for line in out.splitlines() if line.startswith("{")]
    # A bench brings the program itself along, in no fixed order.
    return next(one["executable"] for one in told if one.get("executable") and one["target"]["name"] == name)


def measured(command, cores=None, cwd=None):
    """Seconds by the clock, seconds of processors, MB at the peak, and what it printed."""
    if cores:
        command = ["taskset", "-c", cores, *command]
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as faults:
        began = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=faults, cwd=cwd)
        _, status, usage = os.wait4(process.pid, 0)
        took = time.perf_counter() - began
        if status != 0:
            faults.seek(0)
            raise SystemExit(f"{command[:3]} failed: {faults.read().decode()[-2000:]}")
        out.seek(0)
        return took, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, out.read().decode()


def differences(figures, folder, published):
    """How many published figures a tool has otherwise, and how many were compared."""
    results = json.loads((published / Path(folder).name / "results.json").read_text())
    wrong = compared = 0
    for item in results["items"]:
        for finding in item["findings"]:
            national = finding["national"]
            group = figures[folder].get(f"{finding['breakdown']}/{finding['group']}", {})
            if item["id"] not in group or national is None or national["value"]["value"] is None:
                continue
            own = group[item["id"]]
            value = own[0] if isinstance(own, list) else own
            compared += 1
            # What is no number agrees with nothing.
            wrong += value is None or not abs(value - national["value"]["value"]) <= 0.0501
    return wrong, compared


def job(work, folder, councils, sheets, rounds, tools, program, peers):
    """Makes councils and has every tool work on them in turn; name -> [(clock, processor, memory)]."""
    subprocess.run([peers, "make", str(folder), str(councils), str(sheets)], check=True)
    folders = sorted(str(path) for path in (folder / "scripts").iterdir() if (path / "data").is_dir())
    published = folder / "published"
    own = [program, "--scripts", str(folder / "scripts"), "--out", str(published)]
    # What is published first is what the others are compared with. Everything runs where the councils are, and not where this
    # project's templates lie, which the others would not read.
    commands = {"run": [*own, "run"], "check": [*own, "check"]}
    commands["limit"] = [peers, "limit", *folders]
    commands["crate"] = [peers, "csv", *folders]
    for tool in tools:
        commands[tool] = [sys.executable, str(ROOT / "benches/peers/peers.py"), tool, *folders]
    found, checked = {name: [] for name in commands}, []
    # Thousandths of a second scatter: what takes them is timed more often.
    for turn in range(rounds * (1 if councils * sheets > FEW else 7)):
        for name, command in commands.items():
            # What takes a minute is not made to take five.
            if turn > 0 and found[name][0][0] > 30:
                continue
            clock, processor, memory, out = measured(command, cwd=folder)
            found[name].append((clock, processor, memory))
            if turn == 0 and name == "check" and out.count("figures worked out") != councils:
                raise SystemExit(f"check did not work every council out:\n{out}")
            if turn == 0 and name not in OURS:
                figures = json.loads(out)
                counts = [differences(figures, one, published) for one in folders]
                wrong, compared = (sum(column) for column in zip(*counts))
                if wrong or not compared:
                    raise SystemExit(f"{name}: {wrong} of {compared} figures differ")
                checked.append(compared)
    size = sum((Path(one) / f"data/{name}.csv").stat().st_size for one in folders for name in ("survey", "workers"))
    print(work, {name: [round(row[0], 3) for row in rows] for name, rows in found.items()}, file=sys.stderr)
    one_core = None
    if councils > 1:
        one_core = {name: statistics.median(measured(commands[name], cores="0")[0] for _ in range(rounds)) for name in OURS}
    return {"work": work, "found": found, "compared": min(checked), "bytes": size, "one_core": one_core, "kind": (councils, sheets)}


def middle(rows, column):
    return statistics.median(row[column] for row in rows)


def table(result):
    found = result["found"]
    own, own_processor = middle(found["check"], 0), middle(found["check"], 1)
    lines = [
        f"### {result['work']}", "",
        f"{result['bytes'] / 1e6:,.1f} MB of survey and workers; {result['compared']:,} published figures compared with each, none differs.", "",
        "| by | seconds | of processors | times `check`'s | its processors' | MB at the peak |", "|---|---|---|---|---|---|",
    ]
    for name, rows in found.items():
        clock, processor = middle(rows, 0), middle(rows, 1)
        lines.append(
            f"| {NAMES[name]} | {clock:.3f} | {processor:.3f} | {clock / own:.2f} | {processor / own_processor:.2f} | {middle(rows, 2):,.0f} |"
        )
    if result["one_core"]:
        told = [f"`{name}` {alone:.2f} seconds: two are {alone / middle(found[name], 0):.2f} times as fast" for name, alone in result["one_core"].items()]
        lines += ["", f"On one core {'; '.join(told)}."]
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--rows", type=int, nargs="*", default=[1_000_000, 4_000_000])
    parser.add_argument("--program", help="a program that is built already")
    parser.add_argument("--peers", help="the bench of that name, built already")
    arguments = parser.parse_args()
    program = arguments.program or built("healthcheck", ["build", "--release", "--bin", "healthcheck"])
    peers = arguments.peers or built("peers", ["bench", "--bench", "peers", "--no-run"])
    tools = [tool for tool in ("polars", "duckdb", "pandas") if find_spec(tool)] + ["csv"]
    skipped = [tool for tool in ("polars", "duckdb", "pandas") if tool not in tools]
    closure = json.loads(measured([peers, "closure", "1000000"])[3])
    results = []
    with tempfile.TemporaryDirectory() as place:
        jobs = [(ONE, 1, 200), (MANY, 153, 250)]
        jobs += [(f"1 council, {rows:,} rows", 1, rows) for rows in arguments.rows]
        for work, councils, sheets in jobs:
            # What takes minutes at these sizes says nothing new.
            rows = councils * sheets
            some = [tool for tool in tools if rows <= SLOW.get(tool, rows)]
            with tempfile.TemporaryDirectory(dir=place) as folder:
                results.append(job(work, Path(folder), councils, sheets, arguments.rounds, some, program, peers))
            write(results, closure, skipped, arguments.rounds)


FEW = 1_000
ONE, MANY = "1 council, 200 rows, the whole process", "153 councils, 250 rows and a script each"
# The two ways of this program.
OURS = ("check", "run")
# The most rows that a tool is given.
SLOW = {"csv": 100_000, "pandas": 1_000_000}


def goals(results, closure):
    """What was aimed at, what was reached, and whether it is: lines of a table."""
    found = {result["kind"]: result for result in results}
    lines = ["| work | aim | the same figures (`check`) | | everything (`run`) |", "|---|---|---|---|---|"]

    def line(work, aim, met, reached, everything=""):
        lines.append(f"| {work} | {aim} | {reached} | {'met' if met else '**missed**'} | {everything} |")

    def times(kind, other, slower):
        """How many times another's the time of each of our ways is, or the other way round."""
        rows = found.get(kind, {}).get("found", {})
        if other not in rows:
            return None
        ratios = {}
        for way in OURS:
            of = [middle(rows[way], n) / middle(rows[other], n) for n in (0, 1)]
            ratios[way] = [1 / one for one in of] if slower else of
        return ratios

    def told(ratio):
        return f"{ratio[0]:.2f} × (processors {ratio[1]:.2f} ×)"

    def at_most(work, kind, other, most):
        if of := times(kind, other, False):
            line(work, f"at most {most} × {NAMES[other]}", of["check"][0] <= most, told(of["check"]), told(of["run"]))

    def faster(work, kind, other, least):
        if of := times(kind, other, True):
            line(work, f"at least {least} × faster than {NAMES[other]}", of["check"][0] >= least, told(of["check"]), told(of["run"]))

    million, four, many, one = (1, 1_000_000), (1, 4_000_000), (153, 250), (1, 200)
    at_most("1,000,000 rows", million, "limit", 1.5)
    for other, least in (("polars", 4), ("duckdb", 6), ("pandas", 8)):
        faster("1,000,000 rows", million, other, least)
    if "polars" in found.get(million, {}).get("found", {}):
        rows = found[million]["found"]
        share = {way: middle(rows[way], 2) / middle(rows["polars"], 2) for way in OURS}
        line("1,000,000 rows", "at most half of polars' memory", share["check"] <= 0.5, f"{share['check']:.2f} of it", f"{share['run']:.2f} of it")
    if million in found and four in found:
        grown = {way: middle(found[four]["found"][way], 0) / middle(found[million]["found"][way], 0) for way in OURS}
        line("4,000,000 rows", "at most 4.3 × the time of 1,000,000", grown["check"] <= 4.3, f"{grown['check']:.2f} ×", f"{grown['run']:.2f} ×")
    at_most("153 councils", many, "limit", 5)
    faster("153 councils", many, "polars", 3)
    if many in found and found[many]["one_core"]:
        both = {way: found[many]["one_core"][way] / middle(found[many]["found"][way], 0) for way in OURS}
        line("153 councils", "two cores at least 1.7 × one", both["check"] >= 1.7, f"{both['check']:.2f} ×", f"{both['run']:.2f} ×")
    at_most("1 council, 200 rows", one, "limit", 3)
    faster("1 council, 200 rows", one, "polars", 30)
    loop, rhai = closure["by_column"] / closure["rust"], closure["by_row"] / closure["by_column"]
    line("a row condition in a closure", "at most 3 × the same loop in Rust", loop <= 3, f"{loop:.1f} ×")
    line("a row condition in a closure", "at least 100 × faster than rhai row by row", rhai >= 100, f"{rhai:.0f} ×")
    return "\n".join(lines)


def write(results, closure, skipped, rounds):
    load = os.getloadavg()[0]
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), platform.processor())
    busy = " **Others were using it at the same time: by the clock everything takes longer than it need, and unevenly.**" if load > 1.5 * os.cpu_count() else ""
    page = f"""# Performance

Written by `benches/compare.py`, which makes the councils, has every tool work on the same files in turn, checks
that each gives the figures that are published, and times whole processes, their start included. Medians of {rounds} rounds
(one round where a tool takes over half a minute, seven times as many on one council of 200 rows, where thousandths of a second scatter). **Of processors** is the time that all cores together spent: on a
machine that others use it is the steadier of the two. A program that needs less memory than the script that starts it shows that
script's.

What the others do is reading two files and working out 20 scores, with the count of each answer, and five measures
for the whole and each service, team and role. `healthcheck check` does that work: it reads and checks the council's script and
its files, three and not two, works out all 39 items for the same groups, both scores of every standard, and looks for mistakes; it shows no figure, so that
what it works out is compared as `run` publishes it, by the same code. The aims below are held to it, since it is
the work that the others do. `healthcheck run` does the rest as well, which nobody else does: intervals and firmness, what is withheld, an attack on
what is left, and some forty pages and files of open data a council, every one of which is sure to last before it shows. A row stands in both files: a council of a million rows has a million answer
sheets and a million practitioners.

Machine: {os.cpu_count()} cores, {model}, {platform.system()}; load {load:.1f} when this was written.{busy}{' Not installed: ' + ', '.join(skipped) + '.' if skipped else ''}

## Aims

{goals(results, closure)}

## Figures

{chr(10).join(table(result) + chr(10) for result in results)}
### A row condition in a closure, 1,000,000 rows

`workers.count(|w| w.cases > 18 * w.fte and w.agency == "no")`

| how | milliseconds | times the loop |
|---|---|---|
| the same loop in Rust | {1000 * closure['rust']:.2f} | 1 |
| column by column | {1000 * closure['by_column']:.2f} | {closure['by_column'] / closure['rust']:.1f} |
| row by row in rhai | {1000 * closure['by_row']:.0f} | {closure['by_row'] / closure['rust']:.0f} |

Column by column is {closure['by_row'] / closure['by_column']:.0f} times as fast as row by row.

## Running it again

    just bench

Councils are made in a temporary folder, and nothing outside it is touched but this page. `cargo bench --bench councils`
has the time of each stage.
"""
    (ROOT / "docs/performance.md").write_text(page)


if __name__ == "__main__":
    main()
