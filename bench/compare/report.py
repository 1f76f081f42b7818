"""Medians, ratios, and the tables."""

import json
import math
import statistics

from works import GROUPS

CHECK_TOLERANCE = 1e-3  # of the outputs' root mean square; engines add in different orders


class Results:
    """All measured values: work name -> engine name -> values of the rounds."""

    def __init__(self, machine, ours):
        self.machine, self.ours = machine, ours
        self.works, self.rounds, self.checks, self.versions, self.missing = {}, {}, {}, {}, {}

    def add(self, work, engine, value, check=None):
        self.works[work["name"]] = work
        self.rounds.setdefault(work["name"], {}).setdefault(engine, []).append(value)
        if check is not None:
            self.checks.setdefault(work["name"], {})[engine] = check

    def median(self, name, engine):
        values = self.rounds[name].get(engine)
        return statistics.median(values) if values else None

    def peers(self, name):
        return [e for e in self.rounds[name] if e not in self.ours]

    def best(self, name):
        """The best peer's median, None without peers."""
        values = [self.median(name, e) for e in self.peers(name)]
        return (min if self.works[name]["lower"] else max)(values, default=None)

    def ratio(self, name, theirs):
        mine = self.median(name, self.ours[0])
        return mine / theirs if mine and theirs else None

    def differing(self, name):
        """Engines whose outputs differ from ours: they did other work."""
        checks = self.checks.get(name, {})
        mine = checks.get(self.ours[0])
        return [e for e, c in checks.items() if mine and abs(c - mine) > CHECK_TOLERANCE * abs(mine)]


def number(value):
    if value is None:
        return "-"
    if value >= 1000:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.3f}"


def ratio_text(ratio):
    return "-" if ratio is None else f"{ratio:.2f}"


def group_table(results, group):
    """Rows of text; the first is the head. A cell of a peer is its value and, in brackets, ours by it."""
    names = [n for n, w in results.works.items() if w["group"] == group]
    engines = list(dict.fromkeys(e for n in names for e in results.rounds[n]))
    mine = results.ours[0]
    others = [e for e in engines if e != mine]
    rows = [["work", "unit", mine, *others, "ours / best"]]
    for name in names:
        work = results.works[name]
        cells = []
        for engine in others:
            value = results.median(name, engine)
            differs = " ≠" if engine in results.differing(name) else ""
            cells.append("-" if value is None else
                         f"{number(value)} ({ratio_text(results.ratio(name, value))}){differs}")
        unit = work["unit"] + (" (less is better)" if work["lower"] else "")
        rows.append([name.removeprefix(group + " "), unit, number(results.median(name, mine)), *cells,
                     ratio_text(results.ratio(name, results.best(name)))])
    for title, part in parts(results, names):
        for what, summary in (("geometric mean", geometric_mean), ("worst", worst)):
            cells = [summary(results, part, lambda n, e=e: results.median(n, e)) for e in others]
            rows.append([f"{what}{title}", "ratio", "", *cells, summary(results, part, results.best)])
    return rows


def parts(results, names):
    """The works that one mean can speak of: those of a group where more, or where less, is better."""
    for lower, title in ((False, ""), (True, ", less is better")):
        part = [n for n in names if results.works[n]["lower"] == lower and results.peers(n)]
        if len(part) > 1:
            yield title, part


def ratios(results, names, theirs):
    return [r for r in (results.ratio(n, theirs(n)) for n in names) if r]


def geometric_mean(results, names, theirs):
    found = ratios(results, names, theirs)
    return ratio_text(math.exp(statistics.fmean(map(math.log, found))) if found else None)


def worst(results, names, theirs):
    found = ratios(results, names, theirs)
    pick = max if results.works[names[0]]["lower"] else min
    return ratio_text(pick(found, default=None))


def notes(results, group):
    """Lines under a group's table."""
    lines = []
    names = [n for n, w in results.works.items() if w["group"] == group]
    for name in names:
        for engine in results.differing(name):
            theirs, mine = results.checks[name][engine], results.checks[name][results.ours[0]]
            what = "parameters" if results.works[name]["kind"] in ("training", "memory") else "root mean square"
            lines.append(f"≠ {name}: {engine} does other work than ours ({what} {theirs:g} against {mine:g})")
    by_setting = {(w["kind"], w.get("size"), w["threads"]): n for n, w in results.works.items()}
    mine = results.ours[0]
    for name in names:
        work = results.works[name]
        if work["kind"] != "gemm":
            continue
        ceiling = by_setting.get(("ceiling", None, work["threads"]))
        text = []
        if ceiling and results.median(name, mine):
            share = results.median(name, mine) / results.median(ceiling, mine)
            text.append(f"{share:.0%} of the FMA ceiling")
        single = by_setting.get(("gemm", work["size"], 1))
        if work["threads"] > 1 and single:
            speedups = [f"{e} {results.median(name, e) / results.median(single, e):.2f}"
                        for e in results.rounds[name] if results.median(single, e)]
            text.append("speed-up over 1 thread: " + ", ".join(speedups))
        if text:
            lines.append(f"{name}: {'; '.join(text)}")
    return lines


def terminal(results, group):
    rows = group_table(results, group)
    widths = [max(len(r[c]) for r in rows) for c in range(len(rows[0]))]
    lines = ["", group]
    for row in rows:
        lines.append("  ".join(t.ljust(w) if c == 0 else t.rjust(w)
                               for c, (t, w) in enumerate(zip(row, widths))).rstrip())
    return "\n".join(lines + notes(results, group) + [""])


def markdown(results, settings):
    """The whole report."""
    lines = ["# Legible and its peers, alternately on the same work", "",
             "A cell is a median, and in brackets the ratio ours / theirs. " + settings, ""]
    lines += ["| | |", "|---|---|", *(f"| {k} | {v} |" for k, v in results.machine.items())]
    lines += [f"| {e} | {v} |" for e, v in results.versions.items()]
    lines += ["", *missing_lines(results)]
    for group in dict.fromkeys(w["group"] for w in results.works.values()):
        head, *body = group_table(results, group)
        lines += ["", f"## {group}", "", GROUPS[group], "", "| " + " | ".join(head) + " |",
                  "|---|---" + "|--:" * (len(head) - 2) + "|"]
        lines += ["| " + " | ".join(row) + " |" for row in body]
        lines += ["", *(f"- {n}" for n in notes(results, group))]
    return "\n".join(lines) + "\n"


def missing_lines(results):
    return [f"missing: {name} - {reason} (how to install: {install})"
            for name, (reason, install) in results.missing.items()]


def as_json(results, settings):
    return json.dumps({
        "settings": settings, "machine": results.machine, "versions": results.versions,
        "missing": {n: {"reason": r, "install": i} for n, (r, i) in results.missing.items()},
        "works": [{**w, "rounds": results.rounds[n], "checks": results.checks.get(n, {}),
                   "medians": {e: results.median(n, e) for e in results.rounds[n]},
                   "oursOverBest": results.ratio(n, results.best(n))}
                  for n, w in results.works.items()]}, indent=1) + "\n"
