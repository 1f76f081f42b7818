#!/usr/bin/env python3
"""Runs Legible and every installed peer alternately on the same work, and prints and saves tables of ratios.

examples:
  bench/compare/compare.py                                      everything; about an hour
  bench/compare/compare.py --python venv/bin/python --only gemm
  bench/compare/compare.py --only 'training' --only '*batch 1, *' --rounds 3 --seconds 0.5
  bench/compare/compare.py --list

An engine that is not installed is named as missing, with the way to install it. The peers for the JVM are built once
by hand: mvn -q -B -ntp -f bench/peers/pom.xml package. Every engine gets the same numbers, and its outputs are compared
with ours. Each is a process of its own; one at a time computes. Close other programs first.
"""

import argparse
import contextlib
import fnmatch
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import engines
import machine
import processes
import report
import works

SETTLE_SECONDS = 0.3  # threads of the engine before may still spin: OpenMP's wait 0.2 s for more work
NATIVE_WARM_UP_SECONDS = 1.0


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", action="append", metavar="GLOB", help="groups or works, such as gemm or '*stem*'")
    parser.add_argument("--engines", default="*", metavar="GLOB", help="peers to run (default: all)")
    parser.add_argument("--rounds", type=int, default=5, help="each engine runs once in a round (default: 5)")
    parser.add_argument("--seconds", type=float, default=1.0, help="time of one measurement (default: 1)")
    parser.add_argument("--warmup", type=float, default=8.0, help="seconds before the first, on a JVM (default: 8)")
    parser.add_argument("--threads", type=int, default=2, help="threads of works on more than one (default: 2)")
    parser.add_argument("--python", default=sys.executable, help="interpreter of the peers in Python (default: this)")
    parser.add_argument("--java", help="java of a JDK 25 or newer (default: looked for as ./legible does)")
    parser.add_argument("--out", type=Path, default=engines.OUTPUT, help="folder of the report (default: %(default)s)")
    parser.add_argument("--no-build", action="store_true", help="do not build Legible first")
    parser.add_argument("--list", action="store_true", help="print the works and end")
    return parser.parse_args()


def chosen(arguments):
    patterns = arguments.only or ["*"]
    found = [w for w in works.works(arguments.threads)
             if any(fnmatch.fnmatch(t, p) for p in patterns for t in (w["group"], w["name"]))]
    if not found:
        raise SystemExit(f"compare: no work matches {patterns}; --list prints them")
    return found


def build():
    print("building Legible ...", flush=True)
    command = ["mvn", "-q", "-B", "-ntp", "-Dquick", "-Dmaven.test.skip=true", "-pl", "bench", "-am", "package"]
    if subprocess.run(command, cwd=engines.ROOT, check=False).returncode != 0:
        raise SystemExit("compare: the build failed, see above")


class Comparison:
    """The run: workers that are alive, and what they measured."""

    def __init__(self, arguments):
        self.arguments = arguments
        self.results = report.Results(machine.describe(arguments.java), [e.name for e in engines.ENGINES if e.ours])
        self.workers = {}
        self.onnx = {}

    def engines(self, kind):
        return [e for e in engines.ENGINES if kind in e.kinds
                and (e.ours or fnmatch.fnmatch(e.name, self.arguments.engines))
                and e.name not in self.results.missing]

    def start(self, engine, threads):
        if "onnxruntime" in " ".join(engine.command):
            self.write_onnx()
        interpreter = self.arguments.java if engine.jvm else self.arguments.python
        worker = engines.Worker(engine, interpreter, threads)
        self.results.versions[engine.name] = worker.version
        return worker

    def write_onnx(self):
        for network in (*works.NETWORKS, works.RESIDUAL):
            if network not in self.onnx:
                script = str(engines.PEERS / "onnx_model.py")
                file = engines.OUTPUT / f"{network}.onnx"
                done = subprocess.run([self.arguments.python, script, network, str(file)], capture_output=True,
                                      text=True, check=False)
                self.onnx[network] = done.stderr.strip().splitlines()[-1:] if done.returncode else []
            if self.onnx[network] and network != works.RESIDUAL:  # which needs PyTorch too
                raise engines.Missing("no ONNX model: " + self.onnx[network][0])

    @contextlib.contextmanager
    def reporting(self, name, install):
        """Names an engine as missing instead of failing."""
        try:
            yield
        except engines.Missing as reason:
            self.results.missing[name] = (str(reason), install)
            print(f"\nmissing: {name} - {reason} (how to install: {install})", flush=True)

    def alternate(self, work, contenders, measure):
        """Rounds in which every contender has one turn; every other round in reverse order."""
        for turn in range(self.arguments.rounds):
            print(f"\r{work['name']}: round {turn + 1} of {self.arguments.rounds}\033[K", end="", flush=True)
            for contender in contenders[::-1] if turn % 2 else contenders:
                measure(contender)

    def measure(self, work, engine):
        key = engine.name, work["threads"]
        if engine.name in self.results.missing:
            return
        with self.reporting(engine.name, engine.install):
            if key not in self.workers:
                self.workers[key] = self.start(engine, work["threads"])
            time.sleep(SETTLE_SECONDS)
            answer = self.workers[key].ask(self.request(work, engine))
            if "unsupported" not in answer:
                self.results.add(work, engine.name, works.value(work, answer), answer["check"])

    def request(self, work, engine):
        warm_up = self.arguments.warmup if engine.jvm else min(NATIVE_WARM_UP_SECONDS, self.arguments.warmup)
        return {**work, "ask": "run", "warmup": warm_up, "seconds": self.arguments.seconds}

    def measure_memory(self, work, engine):
        """A process of its own that trains or answers for a while."""
        with self.reporting(engine.name, engine.install):
            worker = self.start(engine, work["threads"])
            try:
                answer = worker.ask({**self.request(work, engine), "kind": work["of"]})
                if "unsupported" not in answer:
                    self.results.add(work, engine.name, worker.peak_megabytes(), answer["check"])
            finally:
                worker.close()

    def measure_processes(self, both):
        """Time and memory of the same processes; the first run of each is not counted."""
        processes.write_picture()
        with contextlib.suppress(engines.Missing):
            self.write_onnx()
        contenders = [(n, c, i) for n, c, i in processes.commands(self.arguments.python, self.arguments.java)
                      if n == engines.LEGIBLE.name or fnmatch.fnmatch(n, self.arguments.engines)]
        absent = set()

        def run(name, command, install, count):
            try:
                measured = processes.run(command)
            except engines.Missing as reason:
                absent.add(name)
                self.results.missing[f"{name} (process)"] = (str(reason), install)
                return
            for work in both if count else ():
                self.results.add(work, name, measured[work["measure"]])

        for contender in contenders:
            run(*contender, count=False)
        self.alternate(both[0], contenders, lambda c: c[0] in absent or run(*c, count=True))

    def group(self, group, members):
        if group == "process":
            self.measure_processes(members)
        for work in members if group != "process" else ():
            kind = work.get("of", work["kind"])
            measure = self.measure_memory if work["kind"] == "memory" else self.measure
            self.alternate(work, self.engines(kind), lambda e, w=work, m=measure: m(w, e))
        self.close()
        print("\r\033[K" + report.terminal(self.results, group), flush=True)

    def close(self):
        for worker in self.workers.values():
            worker.close()
        self.workers.clear()

    def save(self):
        a = self.arguments
        settings = f"{a.rounds} rounds of {a.seconds:g} s, at most {a.threads} threads."
        stamp = self.results.machine["date"][:16].replace(" ", "-").replace(":", "")
        a.out.mkdir(parents=True, exist_ok=True)
        for ending, content in (("md", report.markdown), ("json", report.as_json)):
            file = a.out / f"{stamp}-{self.results.machine['commit']}.{ending}"
            file.write_text(content(self.results, settings))
        return file.with_suffix(".md")


def main():
    arguments = options()
    arguments.java = shutil.which(arguments.java or machine.find_java())
    arguments.python = shutil.which(arguments.python)
    if not arguments.java or not arguments.python:
        raise SystemExit("compare: --java and --python must name programs that can be run")
    arguments.java, arguments.python = map(os.path.abspath, (arguments.java, arguments.python))
    selected = chosen(arguments)
    if arguments.list:
        print("\n".join(w["name"] for w in selected))
        return
    if not arguments.no_build:
        build()
    comparison = Comparison(arguments)
    file = None
    try:
        for group in dict.fromkeys(w["group"] for w in selected):
            comparison.group(group, [w for w in selected if w["group"] == group])
            file = comparison.save()  # after each group: an interrupted run keeps what it has
    finally:
        comparison.close()
    for line in report.missing_lines(comparison.results):
        print(line)
    print(f"saved: {file} and .json")


if __name__ == "__main__":
    main()
