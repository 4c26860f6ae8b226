"""python -m benchmarks: the engine, what is shared, tables, then the pages in a browser (needs Chromium)."""
import shutil

from benchmarks import engine, share, tables

engine.main()
share.main()
tables.main()
if shutil.which("chromium"):
    from benchmarks import browser

    browser.main()
else:
    print("no Chromium on this machine: the browser part was not run")
