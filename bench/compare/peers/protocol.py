"""What every worker in Python has in common; see legible.bench.protocol.Server for the messages."""

import json
import os
import sys
import time
import traceback


class Job:
    """A piece of work: run() does it so many times; check tells whether two engines did the same."""

    def __init__(self, run, check=None, times=1):
        self.run, self.check, self.times = run, check, times


def seconds_per_call(run, seconds):
    """The mean time of a run: as many as fit into the time, at least one."""
    start, calls, elapsed = time.perf_counter(), 0, 0.0
    while calls == 0 or elapsed < seconds:
        run()
        calls += 1
        elapsed = time.perf_counter() - start
    return elapsed / calls


def serve(version, prepare):
    """Answers requests until standard input ends.

    version() names the engine's version; prepare(work) gives a Job, or None for a work that the engine has not.
    """
    out = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)  # what engines print goes to standard error
    name, job = None, None
    for line in sys.stdin:
        request = json.loads(line)
        try:
            if request["ask"] == "version":
                answer = {"version": version()}
            else:
                if name != request["name"]:
                    name = job = None
                    job = prepare(request)
                    name = request["name"]
                    if job:
                        seconds_per_call(job.run, request["warmup"])
                answer = {"unsupported": 1}
                if job:
                    call = seconds_per_call(job.run, request["seconds"]) / job.times
                    answer = {"call": call, "check": job.check}
        except Exception as error:
            traceback.print_exc()
            answer = {"error": repr(error)}
        out.write(json.dumps(answer) + "\n")
