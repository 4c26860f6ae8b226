"""python -m benchmarks: the engine, what is shared, tables, then the pages in a browser (needs Chromium).

`python -m benchmarks load` and `python -m benchmarks faults` are commands of their own: see README.md.
"""
import shutil
import sys

from benchmarks import engine, share, tables

if sys.argv[1:2] == ["load"]:
    from benchmarks import load

    load.main()
elif sys.argv[1:2] == ["faults"]:
    from benchmarks import faults

    faults.main(sys.argv[2:])
else:
    engine.main()
    share.main()
    tables.main()
    if shutil.which("chromium"):
        from benchmarks import browser

        browser.main()
    else:
        print("no Chromium on this machine: the browser part was not run")
