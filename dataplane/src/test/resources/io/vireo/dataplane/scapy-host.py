# Runs scripts one after the other, each in a copy of a process that has scapy already: to load it takes longer than most scripts run.
# Reads a line for each: a JSON list of the script and its arguments; answers with a line: its exit status. Ends with its input.
import json
import os
import runpy
import sys
import traceback

import scapy.all  # noqa: F401  what the copies then have

for line in sys.stdin:
    *arguments, log = json.loads(line)
    child = os.fork()
    if child == 0:
        status = 1
        try:
            output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            os.dup2(output, 1)
            os.dup2(output, 2)
            sys.argv = arguments
            runpy.run_path(arguments[0], run_name="__main__")
            status = 0
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else int(end.code is not None)
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
