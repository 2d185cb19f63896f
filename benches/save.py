#!/usr/bin/env python3
"""From a save to the new result on disk: healthcheck's watch, the bare event, and entr with a script in polars.

    benches/save.py [--councils 153] [--rounds 40] [--program target/release/healthcheck]

Makes councils with `healthcheck new`, watches all of them, and saves a file of one after the other: a remark added to the
script, which changes no figure; a figure of the script (by turns the target of a measure and the ceiling that a formula reads);
and an answer in a row of the survey. No state of a council comes twice, so that nothing is answered from what was found of the same
state before. Measured is the time from the save to the moment in which the council's new folder stands in its place, as another
program is told of it. The bare event is a program that waits for the same file and writes one byte. Linux only. What is not
installed is skipped, and said.
"""
import argparse
import ctypes
import os
import re
import select
import shutil
import statistics
import struct
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIBC = ctypes.CDLL(None, use_errno=True)
CLOSED, MOVED_TO = 0x8, 0x80


class Ear:
    """What the system tells of one folder."""

    def __init__(self, folder, events):
        self.fd = LIBC.inotify_init1(os.O_NONBLOCK)
        if LIBC.inotify_add_watch(self.fd, os.fsencode(folder), events) < 0:
            raise OSError(ctypes.get_errno(), "inotify", str(folder))

    def names(self, patience):
        """The names in the next events; none if nothing comes."""
        if not select.select([self.fd], [], [], patience)[0]:
            return []
        told, names, at = os.read(self.fd, 65536), [], 0
        while at < len(told):
            length = struct.unpack_from("iIII", told, at)[3]
            names.append(told[at + 16:at + 16 + length].rstrip(b"\0").decode())
            at += 16 + length
        return names

    def wait_for(self, name, patience=60):
        until = time.monotonic() + patience
        while time.monotonic() < until:
            if name in self.names(until - time.monotonic()):
                return
        raise SystemExit(f"nothing became of {name} within {patience} seconds")

    def drain(self):
        while self.names(0):
            pass

    def close(self):
        os.close(self.fd)


def save(path, text, by_rename):
    if by_rename:
        beside = path.with_name(f".{path.name}.tmp")
        beside.write_text(text)
        beside.replace(path)
    else:
        path.write_text(text)


def timed(folder, name, events, path, text, by_rename):
    """Milliseconds from a save to an event of that name in a folder."""
    ear = Ear(folder, events)
    began = time.perf_counter()
    save(path, text, by_rename)
    ear.wait_for(name)
    took = time.perf_counter() - began
    ear.close()
    return 1000 * took


def with_remark(script, number):
    """A line that changes no figure."""
    return script, script.read_text().rstrip("\n") + f"\n// save {number}\n"


def with_figure(script, number):
    """Another target of a measure, or another ceiling in a formula, by turns: as an analyst who tries what it does."""
    low = f"{12 + number * 37 % 1000 / 100:.2f}"
    what, now = (r"at_most\([\d.]+\)", f"at_most({low})") if number % 2 else (r"const CEILING = [\d.]+;", f"const CEILING = {low};")
    text, found = re.subn(what, now, script.read_text(), count=1)
    if not found:
        raise SystemExit(f"{script}: there is no {what}")
    return script, text


def with_row(script, number):
    """One answer of one sheet, another than it was."""
    path = script.parent / "data/survey.csv"
    lines = path.read_text().split("\n")
    at = 1 + number * 11 % (len(lines) - 2)
    cells = lines[at].split(",")
    question = 3 + number * 7 % 18
    cells[question] = "disagree" if cells[question] == "agree" else "agree"
    lines[at] = ",".join(cells)
    return path, "\n".join(lines)


EDITS = {"a remark": with_remark, "a figure of the script": with_figure, "a row of the survey": with_row}


def rounds_of(count, scripts, one, edit=with_remark):
    """`one(script, path, text, by_rename)` for council after council, each saved both ways; what each took."""
    took = {False: [], True: []}
    for number in range(count):
        script = scripts[number * 7 % len(scripts)]
        for by_rename in took:
            path, text = edit(script, 2 * number + by_rename)
            took[by_rename].append(one(script, path, text, by_rename))
            time.sleep(0.15)
    return took


def bare(folder, count, scripts):
    """A program that waits for the event and writes a byte: what no watcher can be faster than."""
    out = folder / "bare"
    out.mkdir(exist_ok=True)

    def one(script, path, text, by_rename):
        ready, waiting = os.pipe()
        child = os.fork()
        if child == 0:
            ear = Ear(path.parent, CLOSED | MOVED_TO)
            os.write(waiting, b"x")
            ear.wait_for(path.name)
            (out / "result").write_bytes(b"x")
            os._exit(0)
        os.read(ready, 1)
        took = timed(out, "result", CLOSED, path, text, by_rename)
        os.waitpid(child, 0)
        os.close(ready)
        os.close(waiting)
        return took

    return rounds_of(count, scripts, one)


def ours(program, folder, count, scripts):
    published = folder / "published"
    words = folder / "words"
    with words.open("w") as out:
        watch = subprocess.Popen([program, "watch"], cwd=folder, stdout=out, stderr=out)
    while "Stop with Ctrl-C" not in words.read_text():
        time.sleep(0.2)

    def one(script, path, text, by_rename):
        # The page above the councils is written last: then nobody is at work any more.
        ear = Ear(published, MOVED_TO)
        # The folder is exchanged for another in one step: of that the folder above is told.
        took = timed(published, script.parent.name, MOVED_TO, path, text, by_rename)
        ear.wait_for("index.json", 5)
        ear.close()
        return took

    def spent():
        return sum(map(int, Path(f"/proc/{watch.pid}/stat").read_text().rsplit(")", 1)[1].split()[11:13]))

    try:
        medians = []
        for what, edit in EDITS.items():
            before = spent()
            took = rounds_of(count, scripts, one, edit)
            milliseconds = 1000 * (spent() - before) / os.sysconf("SC_CLK_TCK")
            medians.append(told(f"healthcheck watch, {what}", took))
            print(f"processor time: {milliseconds / (2 * count):.0f} ms a save, looking about included")
        return medians
    finally:
        watch.terminate()
        watch.wait()


def entr(folder, count, scripts, all_of_them):
    """entr, which runs the script in polars on the council that changed, or on all."""
    out = folder / "entr"
    out.mkdir(exist_ok=True)
    peers = ROOT / "benches/peers/peers.py"
    which = str(folder / "scripts") + "/*" if all_of_them else '"$(dirname "$0")"'
    work = f'{sys.executable} {peers} polars {which} > {out}/new && mv {out}/new {out}/result'
    process = subprocess.Popen(["entr", "-n", "-p", "sh", "-c", work, "/_"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    process.stdin.write("\n".join(map(str, scripts)))
    process.stdin.close()
    time.sleep(1)
    before = os.times()
    try:
        return rounds_of(count, scripts, lambda script, path, text, by_rename: timed(out, "result", MOVED_TO, path, text, by_rename))
    finally:
        process.terminate()
        process.wait()
        after = os.times()
        spent = after.children_user + after.children_system - before.children_user - before.children_system
        print(f"entr and polars, processor time: {1000 * spent / (2 * count):.0f} ms a save")


def told(what, took):
    for by_rename, values in took.items():
        how = "by rename" if by_rename else "in place"
        values.sort()
        tenth = len(values) // 10
        print(f"{what}, saved {how}: median {statistics.median(values):.2f} ms, from {values[tenth]:.2f} to {values[-1 - tenth]:.2f} without the outer tenths, {len(values)} saves", flush=True)
    return statistics.median(took[False] + took[True])


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--councils", type=int, default=153)
    arguments.add_argument("--rounds", type=int, default=40)
    arguments.add_argument("--program", default=str(ROOT / "target/release/healthcheck"))
    asked = arguments.parse_args()
    program = Path(asked.program).resolve()
    if not program.is_file():
        raise SystemExit("first: cargo build --release")
    with tempfile.TemporaryDirectory() as keep:
        folder = Path(keep)
        for number in range(asked.councils):
            subprocess.run([program, "new", f"council-{number:03}"], cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        scripts = sorted(folder.glob("scripts/*/check.rhai"))
        print(f"{len(scripts)} councils, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the beginning")
        # In turn, since a machine is not the same from one minute to the next.
        floor = told("bare event", bare(folder, asked.rounds, scripts))
        medians = ours(program, folder, asked.rounds, scripts)
        floor_again = told("bare event again", bare(folder, asked.rounds, scripts))
        for what, median in zip(EDITS, medians):
            print(f"{what}, from the save to the new result: {median / ((floor + floor_again) / 2):.0f} times the bare event")
        if not shutil.which("entr") or not find_spec("polars"):
            print("skipped: entr (apt-get install entr) or polars (pip install polars) is not installed")
            return
        few = max(3, asked.rounds // 8)
        for all_of_them, words in [(False, "the council that changed"), (True, "all councils")]:
            took = told(f"entr and polars, {words}", entr(folder, few, scripts, all_of_them))
            for what, median in zip(EDITS, medians):
                print(f"healthcheck is {took / median:.1f} times as fast, {what}")


if __name__ == "__main__":
    main()
