"""What the figures were measured on."""

import datetime
import os
import platform
import re
import subprocess
from pathlib import Path

from engines import ROOT

SIMD = ("sse4_2", "avx", "f16c", "fma", "avx2", "avx512f", "avx512vl", "avx512bw", "asimd", "sve", "sve2")


def describe(java):
    """A dictionary for the head of the report."""
    info = Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else ""
    model = re.search(r"^model name\s*:\s*(.*)$", info, re.MULTILINE)
    family = re.search(r"^cpu family\s*:\s*(.*)\nmodel\s*:\s*(.*)$", info, re.MULTILINE)
    flags = re.search(r"^(?:flags|Features)\s*:\s*(.*)$", info, re.MULTILINE)
    present = flags.group(1).split() if flags else []
    cpu = model.group(1) if model else platform.processor() or platform.machine()
    return {
        "date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC"),
        "CPU": cpu + (f" (family {family.group(1)}, model {family.group(2)})" if family else ""),
        "cores": os.cpu_count(),
        "SIMD": " ".join(f for f in SIMD if f in present),
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 1e9:.0f} GB",
        "system": f"{platform.system()} {platform.release()}",
        "Java": command(java, "--version").splitlines()[0],
        "commit": command("git", "-C", str(ROOT), "describe", "--always", "--dirty"),
        "load before": f"{os.getloadavg()[0]:.2f}",
    }


def command(*arguments):
    return subprocess.run(arguments, capture_output=True, text=True, check=False).stdout.strip() or "unknown"


def find_java(oldest=25):
    """The java of a JDK of the release that the sources need, as ./legible looks for it."""
    places = [os.environ.get(v, "") for v in ("LEGIBLE_JAVA_HOME", "JAVA_HOME")]
    places += [*map(str, Path("/usr/lib/jvm").glob("*")), *map(str, Path("/opt").glob("*"))]
    for place in filter(None, places):
        release = Path(place) / "release"
        version = re.search(r'JAVA_VERSION="(\d+)', release.read_text()) if release.is_file() else None
        if version and int(version.group(1)) >= oldest:
            return str(Path(place) / "bin" / "java")
    raise SystemExit(f"compare: no JDK {oldest} or newer found; set JAVA_HOME to one, or give --java PATH")
