"""Every file of data, read once at the start: a mistake is found before a session begins, and none is read later."""
from content.cases import teaching_cases
from content.entries import synonyms
from content.families import families
from pages.ui import provenance, release, sources_card, sources_hazards, sources_proof
from pathways.drawing import drawing
from pathways.evidence import evidence
from pathways.examples import typical
from pathways.load import guideline


def read_all() -> None:
    """Read and check everything that a page may ask for.

    Raises
    ------
    DataError
        The first mistake found.
    """
    evidence()
    synonyms()
    families()
    teaching_cases()
    typical()
    for page in guideline().pages:
        drawing(page)
    for name in provenance.PROSE:
        provenance.prose(name)
    sources_card.check()
    sources_proof.last_run()
    sources_hazards.log()
    release.releases()
