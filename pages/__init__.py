"""One page a file: load, controls, view."""
