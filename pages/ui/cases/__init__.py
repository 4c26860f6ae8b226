"""Cases: an invented patient's course, one decision a screen; no answer is sent before a choice is committed."""
