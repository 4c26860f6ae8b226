"""What a family asked to see: the open topic, how far each number was opened, what goes on paper. Gone with the page.

Each press names the step it asks for, and a number opens one step at a time: a press repeated by mistake shows no more.
"""
import streamlit as st

from content.families import families
from pages.ui import family_handout, navigation, panel

MADE = "families_made"
STEPS = 4


def store() -> dict:
    """The session's record. `steps`: number id to the last step that is open; `last`: the number that was pressed."""
    empty = {"address": None, "topic": None, "left": None, "steps": {}, "last": None, "chosen": [], "figures": False}
    return st.session_state.setdefault(navigation.SHOWN, empty)


def follow_address() -> bool:
    """Open the topic that the address names; False when there is no such topic."""
    asked, record = navigation.named("topic", store()["address"]), store()
    if asked != record["address"]:
        record["address"] = asked
        _open(asked if asked in families().topics else None)
    return asked is None or asked in families().topics


def _open(topic: str | None) -> None:
    """Another topic, or none: every number is closed again."""
    record = store()
    record.update(left=record["topic"] if topic is None else None, topic=topic, steps={}, last=None)


def press(bar: str) -> None:
    """Follow what was pressed in the panel `bar`."""
    what, _, rest = panel.pressed(bar).partition(":")
    if what == "topic" and rest in families().topics:
        _look(rest)
    elif what == "all":
        _look(None)
    elif what == "step":
        _step(*rest.partition(":")[::2])
    elif what == "hide":
        store()["steps"].pop(rest, None)
        store()["last"] = rest
    elif what == "take":
        store()["chosen"] = family_handout.toggled(store()["chosen"], rest)
    elif what == "figures":
        store()["figures"] = not store()["figures"]
    elif what == "paper":
        st.session_state[MADE] = rest


def _look(topic: str | None) -> None:
    """Open a topic; `?topic=` names it, a curated id."""
    _open(topic)
    store()["address"] = topic
    if topic:
        st.query_params["topic"] = topic
    else:
        st.query_params.pop("topic", None)


def _step(number: str, step: str) -> None:
    record = store()
    topic = families().topics.get(record["topic"])
    if topic and number in topic.numbers and step == str(record["steps"].get(number, -1) + 1) and int(step) < STEPS:
        record["steps"][number] = int(step)
        record["last"] = number


def hand() -> dict | None:
    """The pages that were asked for, for the browser; None when none were. They are made here and forgotten here."""
    paper = st.session_state.pop(MADE, None)
    return family_handout.handed(store()["chosen"], store()["figures"], paper) if paper else None
