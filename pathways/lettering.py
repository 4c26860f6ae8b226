"""How wide words are, how they break into lines, and how the labels of an edge are shortened for the drawing."""
import re

LABEL_FONT, LABEL_LINE = 13, 16
LABEL_SHAPES = ((180, 3), (215, 4), (250, 5))   # width and lines of an edge's label; the first it fits into
# Widths of the characters from space to tilde in the shipped font at weight 600, in thousandths of its size.
# Fixed here so that a layout does not depend on the fonts of the machine that makes it.
WIDTHS = [
    303, 298, 362, 730, 604, 953, 727, 195, 324, 324, 485, 598, 252, 369, 253, 424, 656, 430, 569, 592, 621, 602, 617,
    529, 621, 578, 253, 253, 564, 617, 564, 526, 780, 662, 634, 654, 683, 589, 562, 711, 699, 415, 546, 654, 548, 848,
    710, 737, 617, 747, 639, 604, 592, 687, 628, 877, 666, 627, 615, 333, 424, 344, 573, 391, 274, 544, 587, 502, 586,
    555, 349, 582, 565, 285, 255, 536, 301, 870, 565, 567, 587, 591, 368, 497, 360, 559, 509, 723, 522, 499, 492, 370,
    249, 370, 543]
OTHER_WIDTH = 750


def text_width(text: str, size: float) -> float:
    """Width of a line of text in the shipped font. [px]"""
    return sum(WIDTHS[ord(c) - 32] if 32 <= ord(c) < 127 else OTHER_WIDTH for c in text) * size / 1000


def wrap(text: str, size: float, width: float, most: int = 9) -> list[str]:
    """Break a text into lines of about equal length.

    Parameters
    ----------
    text : str
        Words separated by blanks.
    size : float
        Size of the font. [px]
    width : float
        No line is wider, except one that is a single word. [px]
    most : int
        A text that needs more lines is cut, and its last line ends in an ellipsis.

    Returns
    -------
    list of str
        As few lines as the width allows, at the smallest width that needs no more of them.
    """
    lines = _greedy(text, size, width)
    if len(lines) > most:
        kept = lines[:most]
        kept[-1] = kept[-1].rstrip(",;") + " \u2026"
        return kept
    narrow = int(max((text_width(word, size) for word in text.split()), default=0))
    while narrow < width and len(_greedy(text, size, narrow)) > len(lines):
        narrow += 4
    return _greedy(text, size, min(narrow, width))


def _greedy(text: str, size: float, width: float) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_width(longer, size) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def short_labels(question: str, labels: list[str]) -> list[str]:
    """Labels of one question as the drawing shows them; in full they stand in the list and the detail.

    Explanations in brackets are left out of long labels. Where all answers begin with the same name, and the question
    names it already, the answers do without it.

    Parameters
    ----------
    question : str
        Title of the decision.
    labels : list of str
        Its labels in full.
    """
    first = labels[0].split()
    same = 0
    while all(len(label.split()) > same + 1 and label.split()[same] == first[same] for label in labels):
        same += 1
    verbal = " is " in labels[0] or ":" in labels[0]
    while verbal and same and first[same - 1] != "is" and not first[same - 1].endswith(":"):
        same -= 1
    asked = set(re.findall(r"[a-z0-9-]{3,}", question.lower()))
    named = asked & {word.lower().strip(":") for word in first[:same]}
    rests = [" ".join(label.split()[same:]) for label in labels]
    if named and len(labels) > 1 and not any(re.search(r" is |:| and |\(A-", rest) for rest in rests):
        labels = rests
    return [_shorter(label) if len(label) > 44 else label for label in labels]


def _shorter(label: str) -> str:
    label = label.replace(": looked for, not found", ": not found")
    return re.sub(r"(?<=\w)(?<!\band)(?<!\bor)(?<!\bnot) \((?!A-)[^()]*\)", "", label)


def label_lines(label: str) -> list[str]:
    """Lines of an edge's label: as narrow as it fits."""
    for width, most in LABEL_SHAPES:
        if len(wrap(label, LABEL_FONT, width)) <= most:
            break
    return wrap(label, LABEL_FONT, width, most)
