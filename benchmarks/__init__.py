"""Measurements as ratios and medians. See README.md; nothing here is a test."""
