"""One guideline serves many sessions: one thread works it out first, walks at once agree with walks one by one."""
from concurrent.futures import ThreadPoolExecutor

from pathways.expect import expected_cases
from pathways.load import CONTENT, HERE, load
from pathways.walk import walk


def told(g, case):
    found = walk(g, case)
    groups = {key: [r.group for r in result.groups] for key, result in found.schemes.items()}
    return found.status, dict(found.states), groups, found.ask


def test_walks_in_eight_threads_from_a_cold_start_agree_with_walks_one_by_one():
    g = load(HERE, CONTENT)
    cases = [expected.case for expected in expected_cases(g)][::7]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda case: told(g, case), cases))
    alone = load(HERE, CONTENT)
    assert together == [told(alone, case) for case in cases]
