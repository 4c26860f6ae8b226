"""Families: plain words to read with the care team; a number only when it is asked for, one step at a time."""
import streamlit as st

from content.families import families
from pages.ui import families as words
from pages.ui import families_asked as asked
from pages.ui import families_numbers, family_handout, navigation, panel


def render() -> None:
    """All topics as doors, or one open topic; below either, something to take along and the words explained."""
    named, record = asked.follow_address(), asked.store()
    topic = families().topics.get(record["topic"])
    with st.container(key="families_body"):
        with st.container(key="families_list"):
            _show("families_topics", words.beside(topic) if topic else words.doors(named, record["left"]))
        with st.container(key="families_read"), st.container(key=f"families_{'open' if topic else 'all'}"):
            if topic:
                _show("families_topic", words.article(topic.id))
                _show("families_numbers", families_numbers.blocks(topic, record["steps"], record["last"]),
                      live=families_numbers.live(record["steps"], record["last"]))
                _show("families_asks", words.questions(topic.id))
            with st.container(key="families_more"):
                made = asked.hand()
                _show("families_handout", family_handout.choices(record["chosen"], record["figures"]), hand=made)
                _show("families_words", words.words())


def _show(key: str, said: str, **more) -> None:
    panel.show(key, said, on_press=lambda: asked.press(key), **more)


if __name__ == "__main__":
    navigation.enter()
