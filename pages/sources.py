"""Sources: where this comes from, how old it is, what the text leaves open, what nobody has checked, rights."""
from pages.ui import navigation, panel, provenance
from pathways.load import guideline


def render() -> None:
    """One column of text, then folds."""
    g = guideline()
    about = provenance.intended_use() + provenance.origin() + provenance.rights()
    panel.show("sources_panel", provenance.abreast(about, provenance.readings(g) + provenance.ambiguities(g)))


if __name__ == "__main__":
    navigation.enter()
