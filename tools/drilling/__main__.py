"""Drill, tell, and leave with 1 where something was found.

PYTHONPATH=tools python -m drilling --runs 200 --seed 1 [audits] [deliveries]
"""

import argparse
import sys
import tempfile
from pathlib import Path

from drilling import audits, deliveries

DRILLS = {"audits": audits.drill, "deliveries": deliveries.drill}


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("drills", nargs="*", choices=[*DRILLS, []], default=[])
    wanted = parser.parse_args()
    found = False
    for name in wanted.drills or DRILLS:
        with tempfile.TemporaryDirectory(prefix="scaudit-drill-") as room:
            report = DRILLS[name](wanted.runs, wanted.seed, Path(room))
        print(f"{name}: {report}", flush=True)
        found = found or bool(report.faults)
    sys.exit(found)


if __name__ == "__main__":
    main()
