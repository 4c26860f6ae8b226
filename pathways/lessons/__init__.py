"""Invented patients to practice on: questions, right answers from the walk, and what wrong ones would come to. Pure."""
