"""Bad input for every entry point: `python -m tests.fuzz` for the record, `tests/test_fuzz.py` for every run."""
