#!/usr/bin/env python3
"""The program killed again and again while it publishes.

    benches/kills.py [--kills 1000] [--program target/release/healthcheck]

Each time a script is saved, a run is begun, and it is killed (SIGKILL) at a moment of its own after its new folder appeared.
Then what stands must be the last publication or the new one, whole: every file as the manifest lists it, and none besides.
Exit 1 at the first that is torn. `cargo test --test crash` has the same of the library, with fewer kills.
"""
import argparse
import hashlib
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def standing(home):
    """The hash of the script behind what stands, if it is whole."""
    manifest = json.loads((home / "manifest.json").read_text())
    listed = {file["path"]: file["sha256"] for file in manifest["outputs"]}
    there = {str(path.relative_to(home)): path for path in home.rglob("*") if path.is_file() and path.name != "manifest.json"}
    if listed.keys() != there.keys():
        raise SystemExit(f"torn: {sorted(listed.keys() ^ there.keys())}")
    for name, path in there.items():
        if sha256(path) != listed[name]:
            raise SystemExit(f"torn: {name}")
    return next(one["sha256"] for one in manifest["inputs"] if one["path"] == "check.rhai")


def hidden(published):
    return [path for path in published.iterdir() if path.name.startswith(".healthcheck-")]


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--kills", type=int, default=1000)
    arguments.add_argument("--program", default=str(ROOT / "target/release/healthcheck"))
    asked = arguments.parse_args()
    program = str(Path(asked.program).resolve())
    chance = random.Random(7)
    with tempfile.TemporaryDirectory() as keep:
        folder = Path(keep)
        quiet = dict(cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        subprocess.run([program, "new", "northshire"], check=True, **quiet)
        subprocess.run([program, "run"], check=True, **quiet)
        script, published = folder / "scripts/northshire/check.rhai", folder / "published"
        text = script.read_text()
        # How long it writes here, so that kills fall into all of it.
        longest, new, old, writing, before_any = 0.05, 0, 0, 0, time.monotonic()
        for kill in range(1, asked.kills + 1):
            last = standing(published / "northshire")
            script.write_text(f"{text}// kill {kill}\n")
            run = subprocess.Popen([program, "run"], **quiet)
            while run.poll() is None and not [path for path in hidden(published) if path.name.endswith(f".{run.pid}.new")]:
                time.sleep(0.0002)
            began = time.monotonic()
            until = began + chance.uniform(0, longest)
            while run.poll() is None and time.monotonic() < until:
                time.sleep(0.0002)
            if run.poll() is None:
                run.kill()
            else:
                longest = 0.9 * longest + 0.1 * (time.monotonic() - began)
            run.wait()
            left = hidden(published)
            writing += bool(left)
            longest *= 1.02 if left else 0.99
            now = standing(published / "northshire")
            if now not in (last, sha256(script)):
                raise SystemExit(f"kill {kill}: what stands is neither the last publication nor the new one")
            new, old = new + (now == sha256(script)), old + (now == last)
            if kill % 100 == 0 or kill == asked.kills:
                print(f"{kill} kills in {time.monotonic() - before_any:.0f} s: {old} left the last publication, {new} the new one, none torn; {writing} fell while files were written or cleared away", flush=True)


if __name__ == "__main__":
    sys.exit(main())
