"""Texts made comparable: letters, hyphens, numbers and spellings; and words that tell little in this field."""
import re
import unicodedata

ROMAN = {"ii": "2", "iii": "3", "iv": "4", "xii": "12", "xv": "15", "xvi": "16", "xvii": "17"}
GREEK = {"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "κ": "kappa", "λ": "lambda", "µ": "mu", "μ": "mu"}
SMALL = frozenset({"a", "about", "an", "and", "are", "as", "at", "by", "can", "define", "definition", "do", "does",
                   "for", "from", "how", "i", "in", "is", "it", "its", "me", "mean", "meaning", "means", "my",
                   "now", "of", "on", "or", "our", "s", "tell", "that", "the", "this", "to", "was", "what", "when",
                   "where", "which", "who", "why", "with"})
WEAK = frozenset({"all", "child", "children", "drug", "leukemia", "studies", "study", "test", "therapy",
                  "treatment", "trial", "trials"})
SPELLINGS = (("leukaemi", "leukemi"), ("paediatric", "pediatric"), ("tumour", "tumor"), ("haem", "hem"),
             ("randomis", "randomiz"))


def plain(text: str) -> list[str]:
    """A text as words to compare: small letters without accents, no leading zeros, `+` and a last `-` spelled out."""
    text = "".join(GREEK.get(sign, sign) for sign in text.lower())
    text = unicodedata.normalize("NFKD", text)
    text = "".join(sign for sign in text if not unicodedata.combining(sign))
    text = re.sub(r"(?<=\w)\+", " positive ", text)
    text = re.sub(r"(?<=[a-z])[-\u2212](?=\s|$)", " negative ", text)
    for old, new in SPELLINGS:
        text = text.replace(old, new)
    words = re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", text))
    return [ROMAN.get(word, re.sub(r"(?<!\d)0+(?=\d)", "", word)) for word in words]
