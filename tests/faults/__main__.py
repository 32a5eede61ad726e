"""``python -m tests.faults``: the campaign of faults; see ``tests/faults/__init__.py``."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from random import SystemRandom

from tests.faults.campaign import Ground, Result, own_ground
from tests.faults.programme import BY_NAME, FAULTS
from tests.faults.table import write_readme
from tests.faults.trial import BOTH, Fault

ROW = "{:14} {:>7} {:>9} {:>9}   {}"


def main() -> int:
    """Exit status 1 where a trial failed."""
    arguments = _arguments()
    chosen = [BY_NAME[name] for name in arguments.faults] or list(FAULTS)
    seed = SystemRandom().randrange(10**8) if arguments.seed is None else arguments.seed
    print(ROW.format("fault", "trials", "failures", "seconds", "seeds"), flush=True)
    with own_ground(tuple(arguments.engine or BOTH)) as ground:
        results = [_run(ground, fault, arguments, seed) for fault in chosen if ground.can(fault)]
    for result in results:
        for failed, what in result.failures:
            print(f"\n{result.fault.name}, seed {failed}: again with --seed {failed} --trials 1\n{what}")
    if arguments.write_readme:
        write_readme(results)
    return 1 if any(result.failures for result in results) else 0


def _run(ground: Ground, fault: Fault, arguments: Namespace, seed: int) -> Result:
    trials = arguments.trials or (fault.quick if arguments.quick else fault.campaign)
    result = ground.run(fault, trials, seed)
    seeds = f"{seed} to {seed + trials - 1}"
    print(ROW.format(fault.name, result.trials, len(result.failures), f"{result.seconds:.1f}", seeds), flush=True)
    if result.ends:
        print(f"  {result.ends}", flush=True)
    return result


def _arguments() -> Namespace:
    parser = ArgumentParser(prog="python -m tests.faults", description="Runs faults against the program at work.")
    parser.add_argument("faults", nargs="*", choices=[[], *BY_NAME], metavar="fault", help=", ".join(BY_NAME))
    parser.add_argument("--quick", action="store_true", help="the suite's number of trials instead of the campaign's")
    parser.add_argument("--seed", type=int, help="of the first trial; each further trial has the next")
    parser.add_argument("--trials", type=int, help="another number of trials")
    parser.add_argument("--engine", choices=BOTH, action="append", help="only this engine")
    parser.add_argument("--write-readme", action="store_true", help="write the results into the README's table")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
