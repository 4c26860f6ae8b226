"""Walk one child through the guideline: what is on every way, what is open, what is excluded, and why. Pure."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pathways.conditions import Tree, facts_of, in_words, kleene, unresolved
from pathways.facts import TIMES, Case, Problem
from pathways.model import Guideline
from pathways.reach import Reach, Taken, constraint_diagram, reach

SEVERITIES = ("danger", "caution", "info")
FRONT_LINE = TIMES.index("maintenance")


@dataclass(frozen=True)
class Step:
    """One node on the way, the answer taken there, the rule in words, the lines of the text."""

    page: str
    node: str
    branch: str | None
    because: str
    lines: tuple


@dataclass(frozen=True)
class StatementState:
    """A statement and how sure it is: applies | offered | possible."""

    id: str
    node: str
    page: str
    kind: str
    say: str
    strength: str | None
    category: str | None
    certainty: str
    lines: tuple


@dataclass(frozen=True)
class NoteHit:
    """An ambiguity met on the way."""

    id: str
    say: str
    severity: str
    title: str = ""
    effect: str = ""
    node: str = ""


@dataclass(frozen=True)
class GroupResult:
    """A group a scheme may put the child in; because: unknown | text | "" where it is the only one."""

    group: str
    name: str
    because: str


@dataclass(frozen=True)
class SchemeResult:
    """The groups of one scheme, and the facts that keep them apart."""

    id: str
    groups: list[GroupResult]
    separated_by: list[str]


@dataclass
class Walk:
    """One child's walk. `states`: node id to visited | offered | possible | excluded."""

    guideline: Guideline
    case: Case
    status: str
    states: Mapping[str, str]
    reason: str = ""
    clash: list[tuple[str, str]] = field(default_factory=list)
    clashing: list[str] = field(default_factory=list)
    box: Sequence[int] = ()
    memo: dict = field(default_factory=dict)
    left: Mapping[int, int] = field(default_factory=dict)
    waiting: list[tuple[str, list[str]]] = field(default_factory=list)
    unsettled: list[str] = field(default_factory=list)

    @property
    def problems(self) -> tuple[Problem, ...]:
        return self.case.problems

    @cached_property
    def reached(self) -> str:
        """The point of first-line therapy reached: as entered, or as the latest result entered shows."""
        entered = self.case.values.get("reached")
        if entered is None:
            return ""
        times = [TIMES.index(entered.choice)]
        times += [TIMES.index(self.guideline.facts[key].known) for key in self.case.values
                  if TIMES.index(self.guideline.facts[key].known) <= FRONT_LINE]
        return TIMES[max(times)]

    @property
    def moved_forward(self) -> str:
        """One sentence where a later result shows that more was reached than entered; "" otherwise."""
        entered = self.case.values.get("reached")
        if entered is None or self.reached == entered.choice:
            return ""
        names = self.guideline.facts["reached"].choices
        return f"A result entered belongs to a later point: read as reached {names[self.reached].lower()}."

    @cached_property
    def ask(self) -> list[str]:
        """Facts still needed: those that decide between ends first, then in the guideline's order; later ones last."""
        g, ranked = self.guideline, {}
        ends = reach(g).ends
        place = {key: number for number, key in enumerate(g.facts)}
        for node, keys in self.waiting:
            apart = len({ends[target] for outcome in reach(g).taken[node] for target in outcome.targets}) > 1
            for key in keys:
                rank = (self.is_later(key), not apart, place[key])
                ranked[key] = min(rank, ranked.get(key, rank))
        return sorted(ranked, key=ranked.get)

    def is_later(self, key: str) -> bool:
        """Whether a fact cannot be known yet at the point reached."""
        time = TIMES.index(self.guideline.facts[key].known)
        return bool(self.reached) and time <= FRONT_LINE and time > TIMES.index(self.reached)

    @property
    def waits_now(self) -> list[str]:
        """Facts needed that can be known now."""
        return [key for key in self.ask if not self.is_later(key)]

    @property
    def waits_later(self) -> list[str]:
        """Facts needed that cannot be known yet."""
        return [key for key in self.ask if self.is_later(key)]

    @cached_property
    def visited(self) -> list[str]:
        """Nodes on every way, in order."""
        return [key for key in self.guideline.order if self.states[key] == "visited"]

    @property
    def current(self) -> str | None:
        """Where the child stands: the first visited decision that waits and parts ends or risk groups, else the
        furthest node that says something (an action, a choice, or a silent end that an answer leads to)."""
        waits = [node for node, _ in self.waiting if self.states[node] == "visited" and self._apart(node)]
        if waits:
            return waits[0]
        telling = [key for key in self.visited if self._tells(key)]
        return (telling or self.visited or [None])[-1]

    def _tells(self, key: str) -> bool:
        node = self.guideline.nodes[key]
        if node.kind == "silent":
            return any(self.guideline.nodes[source].kind == "decision" and self.states[source] == "visited"
                       for source in reach(self.guideline).before[key])
        return node.kind in ("action", "choice", "stop")

    def _apart(self, node: str) -> bool:
        r = reach(self.guideline)
        ends = {r.ends[target] for outcome in r.taken[node] for target in outcome.targets}
        return self.guideline.nodes[node].risk or len(ends) > 1

    @cached_property
    def pages(self) -> list[str]:
        """Pages with an open node, those on every way first named in the guideline's order."""
        g = self.guideline
        touched = {g.nodes[key].page for key, state in self.states.items() if state != "excluded"}
        return [page for page in g.pages if page in touched]

    @cached_property
    def steps(self) -> list[Step]:
        """The visited nodes in order, with the answer taken and its rule in words."""
        g, labels = self.guideline, self.guideline.labels()
        found = []
        for key in self.visited:
            node, branch, because = g.nodes[key], None, ""
            open_now = [taken for taken in reach(g).taken[key] if self.meets(taken.who)]
            if len(open_now) == 1 and len(open_now[0].targets) == 1:
                branch = open_now[0].targets[0]
                if node.branches:
                    because = self.rule(key, open_now[0], labels)
            elif len(open_now) == 1 and open_now[0].ambiguity:
                because = self.rule(key, open_now[0], labels)
            found.append(Step(node.page, key, branch, because, node.lines))
        return found

    def rule(self, key: str, taken: Taken, labels: Mapping[str, str]) -> str:
        """The rule of one outcome, in words."""
        g, node = self.guideline, self.guideline.nodes[key]
        if node.kind != "decision":
            return node.title
        same = (taken.index, taken.ambiguity)
        return in_words(next(o.rule for o in g.outcomes[key] if (o.index, o.ambiguity) == same), g.facts, labels)

    @cached_property
    def statements(self) -> list[StatementState]:
        """What the text says at every open node, in order."""
        found = []
        certainty = {"visited": "applies", "offered": "offered", "possible": "possible"}
        for key in self.guideline.order:
            if self.states[key] == "excluded":
                continue
            node = self.guideline.nodes[key]
            for s in node.statements:
                category = (s.category or "2A") if s.kind == "recommendation" else None
                found.append(StatementState(s.id, key, node.page, s.kind, s.say, s.strength, category,
                                            certainty[self.states[key]], s.lines))
        return found

    @cached_property
    def notes(self) -> list[NoteHit]:
        """Ambiguities met on visited and offered nodes, open readings and dangers first."""
        g, hits = self.guideline, {}
        for key in g.order:
            node = g.nodes[key]
            outside = self.status == "out_of_scope" and node.status == "out_of_scope" and self.meets(reach(g).may[key])
            if self.states[key] not in ("visited", "offered") and not outside:
                continue
            for note in node.notes:
                if not note.when or kleene(g.conditions[note.when], g.definitions, self.truth) is True:
                    hits.setdefault(note.id, key)
            for taken in reach(g).taken[key]:
                if taken.ambiguity and self.meets(taken.who):
                    hits.setdefault(taken.ambiguity, key)
        found = []
        for note, key in hits.items():
            a = g.ambiguities[note]
            found.append(NoteHit(note, a.say, a.severity, a.title, a.effect, key))
        return sorted(found, key=lambda hit: (hit.effect != "open", SEVERITIES.index(hit.severity)))

    @cached_property
    def definitions(self) -> dict[str, bool | None]:
        """Every named definition: true, false or not known."""
        g = self.guideline
        return {name: kleene(tree, g.definitions, self.truth) for name, tree in g.definitions.items()}

    @cached_property
    def schemes(self) -> dict[str, SchemeResult]:
        """Each risk scheme as a set of groups."""
        if self.status in ("invalid", "contradictory", "needs_confirmation"):
            return {key: SchemeResult(key, [], []) for key in self.guideline.schemes}
        if self.status == "out_of_scope":
            nowhere = GroupResult("not_applicable", "Does not apply: outside the guideline's scope", "")
            return {key: SchemeResult(key, [nowhere], []) for key in self.guideline.schemes}
        return {key: self._scheme(key) for key in self.guideline.schemes}

    def _scheme(self, key: str) -> SchemeResult:
        g = self.guideline
        scheme, r = g.schemes[key], reach(g)
        names = {group.id: group.name for group in scheme.groups}
        open_groups = [group for group in names if self.meets(r.groups[key].get(group, 0))]
        sure = [group for group in open_groups if not self.meets(r.outside[key][group])]
        apart = []
        if len(open_groups) > 1:
            for outcome in g.scheme_outcomes[key]:
                apart += [k for k in unresolved(outcome.tree, g.definitions, self.truth) if k not in apart]
            apart.sort(key=list(g.facts).index)
        if apart and len(sure) < len(open_groups) and all(self.is_later(k) for k in apart):
            return SchemeResult(key, [GroupResult("too_early", "Too early to tell", "unknown")], apart)
        alone = len(open_groups) == 1
        return SchemeResult(key, [GroupResult(group, names[group], "" if alone else
                                              "text" if group in sure else "unknown") for group in open_groups], apart)

    def scheme_notes(self, key: str) -> list[NoteHit]:
        """Ambiguities that touch one scheme for this child."""
        g, found = self.guideline, []
        for note in g.schemes[key].notes:
            if not note.when or kleene(g.conditions[note.when], g.definitions, self.truth) is True:
                a = g.ambiguities[note.id]
                found.append(NoteHit(note.id, a.say, a.severity, a.title, a.effect))
        for opening in g.schemes[key].ambiguous:
            rule = next(o.rule for o in g.scheme_outcomes[key] if o.ambiguity == opening.id)
            if kleene(rule, g.definitions, self.truth) is not False:
                a = g.ambiguities[opening.id]
                if a.title not in [hit.title for hit in found]:
                    found.append(NoteHit(opening.id, a.say, a.severity, a.title, a.effect))
        return found

    def truth(self, atom: Tree) -> bool | None:
        """Three-valued truth of one atom for this child, constraints included."""
        return self.guideline.space.truth(atom, self.case, self.left)

    def meets(self, who: int) -> bool:
        """Whether a set of children still holds this child."""
        return self.guideline.space.diagrams.meets(who, self.box, self.memo)


def walk(g: Guideline, case: Case) -> Walk:
    """Walk a case through the guideline.

    Parameters
    ----------
    g : Guideline
    case : Case
        What is known; anything absent is not known and never taken as "no".

    Returns
    -------
    Walk
        Status, the state of every node, and what follows from them. Raises nothing.
    """
    nothing = dict.fromkeys(g.order, "excluded")
    invalid = [p for p in case.problems if p.kind == "invalid"]
    if invalid:
        return Walk(g, case, "invalid", nothing, invalid[0].sentence)
    r, box, memo = reach(g), g.space.box(case), {}
    if not g.space.diagrams.meets(r.children, box, memo):
        clash, keys = smallest_clash(g, case)
        reason = " ".join(dict.fromkeys(reason for _, reason in clash))
        return Walk(g, case, "contradictory", nothing, reason, clash, keys)
    if case.problems:
        return Walk(g, case, "needs_confirmation", nothing, case.problems[0].sentence)
    left = g.space.diagrams.left(r.children, box, memo)
    found = Walk(g, case, "ok", nothing, box=box, memo=memo, left=left)
    if not found.meets(r.not_out):
        found.status = "out_of_scope"
        found.reason = _reason(g, r, found, "out_of_scope")
        return found
    found.states = _states(g, r, found)
    if not found.meets(r.not_stopped):
        found.status = "stopped"
        found.reason = _reason(g, r, found, "stopped")
        return found
    _waits(g, r, found)
    if found.waiting:
        found.status = "incomplete"
    elif found.unsettled:
        found.status = "ambiguous"
    return found


def _reason(g: Guideline, r: Reach, found: Walk, status: str) -> str:
    says = [g.nodes[key].say for key in g.order if g.nodes[key].status == status and found.meets(r.may[key])]
    return " Or: ".join(dict.fromkeys(says))


def _states(g: Guideline, r: Reach, found: Walk) -> dict[str, str]:
    states: dict[str, str] = {}
    meets, box, memo = g.space.diagrams.meets, found.box, found.memo
    for key in g.order:
        before = r.before[key]
        if before and not any(states[source] != "excluded" for source in before) or not meets(r.may[key], box, memo):
            states[key] = "excluded"
        elif not meets(r.missed[key], box, memo):
            states[key] = "visited"
        else:
            states[key] = "possible" if meets(r.never[key], box, memo) else "offered"
    return states


def _waits(g: Guideline, r: Reach, found: Walk) -> None:
    for key in g.order:
        if found.states[key] not in ("visited", "offered") or g.nodes[key].kind != "decision":
            continue
        open_now = [taken for taken in r.taken[key] if found.meets(taken.who)]
        if len(open_now) > 1 and len({taken.targets for taken in open_now}) > 1:
            facts: dict[str, None] = {}
            for outcome in g.outcomes[key]:
                facts.update(dict.fromkeys(unresolved(outcome.tree, g.definitions, found.truth)))
            found.waiting.append((key, list(facts)))
        elif open_now and all(taken.ambiguity for taken in open_now):
            found.unsettled.append(key)


def smallest_clash(g: Guideline, case: Case) -> tuple[list[tuple[str, str]], list[str]]:
    """A smallest set of entered facts that cannot stand together: (constraint id, reason) of each, and their keys."""
    d, space = g.space.diagrams, g.space
    keep = dict(case.values)
    children = reach(g).children
    for key in list(keep):
        fewer = {k: v for k, v in keep.items() if k != key}
        if not d.meets(children, space.box(Case(fewer)), {}):
            keep = fewer
    found = []
    names = " / ".join(f"{g.facts[key].label}: {value.text}" for key, value in keep.items())
    for key, (constraint, tree) in g.constraints.items():
        touched = set(facts_of(tree, g.definitions)) | {key.removesuffix("_only_when")}
        if touched & set(keep) and not d.meets(constraint_diagram(g, key, tree), space.box(Case(keep)), {}):
            found.append((key, f"{constraint.reason} ({names})"))
    return found or [("together", f"These cannot all be true: {names}.")], list(keep)
