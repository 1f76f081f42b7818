#!/usr/bin/env python3
"""Transfer learning as a user does it: a residual network learns clothes (Fashion-MNIST) and then digits (MNIST).

Prints and saves the table and the plot of docs/transfer.md. Each run is one call of the command line; finished runs are
kept in the working folder, so an interrupted script goes on where it was. Fashion-MNIST is Debian's package
dataset-fashion-mnist: it is installed where it is missing and the script may do so. The plot needs matplotlib (Debian's
python3-matplotlib); without it the script says so and writes the table only.

    bench/transfer/transfer.py
    bench/transfer/transfer.py --fashion DIR --work DIR --seeds 1 2 3
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "dataset-fashion-mnist"
FASHION = Path("/usr/share/datasets/fashion-mnist")
FEW = (10, 100, 1000)  # labelled digits of each class
ALL = 5500  # of each class, about
FEW_EPOCHS = {10: 60, 100: 20, 1000: 6}

PRETRAINING = ["--from-scratch", "--augment", "--epochs", "6"]
# Chosen on a fifth of MNIST's training pictures with seed 9, never on its test pictures.
WAYS = {
    "frozen body, new head": ["--freeze", "body", "--classes", "10", "--learning-rate", "0.0005"],
    "fine-tuned": ["--classes", "10", "--augment", "--learning-rate", "0.001"],
    "from scratch": ["--from-scratch", "--augment"],
}
ALL_EPOCHS = {"frozen body, new head": 10, "fine-tuned": 5}  # from scratch all digits are what `train` is for


def fashion(folder):
    """The folder of Fashion-MNIST; installs it if it is Debian's and missing."""
    if folder.is_dir():
        return folder
    if folder != FASHION or not shutil.which("apt-get") or os.geteuid() != 0:
        sys.exit(f"{folder} is missing: install Debian's {PACKAGE}, or name a folder with --fashion")
    subprocess.run(["apt-get", "-qq", "update"], check=True)
    subprocess.run(["apt-get", "-qq", "install", "-y", "--no-install-recommends", PACKAGE], check=True)
    return folder


class Runs:
    """Calls of the command line, each done once."""

    def __init__(self, legible, work):
        self.legible, self.work = legible, work

    def model(self, name):
        return self.work / f"{name}.legible"

    def skeleton(self):
        """A network as it begins: `finetune --from-scratch` takes its layers from it."""
        file = self.model("skeleton")
        if not file.exists():
            self.call(file, "train", "resnet8", "--limit", "64", "--epochs", "1")
        return file

    def finetune(self, name, parent, data, *options):
        """What `legible finetune --json` says."""
        answer = self.work / f"{name}.json"
        if not answer.exists():
            print(f"{name} ...", file=sys.stderr, flush=True)
            text = self.call(self.model(name), "finetune", str(parent), "--data", str(data), *options)
            answer.write_text(text)
        return json.loads(answer.read_text())

    def call(self, out, *arguments):
        command = [*self.legible, *arguments, "--json", "--out", str(out), "--report", str(out.with_suffix(""))]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        if done.returncode != 0:
            sys.exit(f"{' '.join(command)} failed:\n{done.stderr}")
        return done.stdout


def measure(runs, clothes, seeds):
    """Accuracies by way and number of digits of each class (None: all), one of each seed, and the pretraining's."""
    learnt = runs.finetune("clothes", runs.skeleton(), clothes, *PRETRAINING)
    accuracies = {}
    for way, options in WAYS.items():
        for few in (None, *FEW):
            if not few and way not in ALL_EPOCHS:
                continue
            epochs = FEW_EPOCHS[few] if few else ALL_EPOCHS[way]
            share = ["--epochs", str(epochs), *(["--per-class", str(few)] if few else [])]
            for seed in seeds:
                name = f"{way.replace(',', '').replace(' ', '-')}-{few or 'all'}-{seed}"
                answer = runs.finetune(name, runs.model("clothes"), "mnist", *options, *share, "--seed", str(seed))
                accuracies.setdefault((way, few), []).append(answer["accuracyAfter"])
    return learnt, accuracies


def mean_and_spread(values):
    if not values:
        return "not tried"
    spread = statistics.stdev(values) if len(values) > 1 else 0
    return f"{statistics.mean(values):.4f} ± {spread:.4f}"


def table(accuracies):
    columns = [*FEW, None]
    heads = " | ".join(f"{c:,}" if c else "all (about 5,500)" for c in columns)
    lines = [f"| labelled digits of each class | {heads} |"]
    lines.append("|---" * (len(columns) + 1) + "|")
    for way in WAYS:
        cells = " | ".join(mean_and_spread(accuracies.get((way, c), [])) for c in columns)
        lines.append(f"| {way} | {cells} |")
    return "\n".join(lines)


def plot(accuracies, file):
    try:
        import matplotlib
    except ImportError:
        print("no plot: matplotlib is missing", file=sys.stderr)
        return
    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "transfer"  # the same file each time
    import matplotlib.pyplot as pyplot

    figure, axes = pyplot.subplots(figsize=(7, 4), layout="constrained")
    for way in WAYS:
        tried = [c for c in (*FEW, None) if (way, c) in accuracies]
        means = [statistics.mean(accuracies[way, c]) for c in tried]
        spreads = [statistics.stdev(accuracies[way, c]) if len(accuracies[way, c]) > 1 else 0 for c in tried]
        axes.errorbar([c or ALL for c in tried], [1 - m for m in means], spreads, marker="o", capsize=3, label=way)
    axes.set(xscale="log", yscale="log")
    axes.set(xlabel="labelled digits of each class", ylabel="share of test digits read wrongly")
    axes.set_xticks((*FEW, ALL), ["10", "100", "1,000", "all"])
    axes.minorticks_off()
    axes.set_yticks((0.003, 0.01, 0.03, 0.1, 0.3), ["0.3 %", "1 %", "3 %", "10 %", "30 %"])
    axes.grid(alpha=0.3)
    axes.legend()
    figure.savefig(file, metadata={"Date": None})


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fashion", type=Path, default=FASHION, help="folder of Fashion-MNIST's files")
    parser.add_argument("--work", type=Path, default=ROOT / "bench" / "target" / "transfer", help="working folder")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--legible", nargs="+", default=[str(ROOT / "legible")], help="the command and its arguments")
    arguments = parser.parse_args()
    arguments.work.mkdir(parents=True, exist_ok=True)
    learnt, accuracies = measure(Runs(arguments.legible, arguments.work), fashion(arguments.fashion), arguments.seeds)
    text = table(accuracies)
    (arguments.work / "transfer.md").write_text(text + "\n")
    plot(accuracies, arguments.work / "transfer.svg")
    print(f"clothes: {learnt['accuracyAfter']:.4f} of {learnt['heldOutPictures']:,} test pictures\n\n{text}")


if __name__ == "__main__":
    main()
