"""Learns what the stemmer cannot know by rule: `MUJAZ_DATA=… python -m mujaz.training.stems`.

Reads `ant.jsonl.gz` (`title`, `text` a line) and `anercorp.train.txt.gz` (a token and its label a
line) in that folder, how common words are (wordfreq), and which lemma each form has (simplemma's
Arabic dictionary), and writes `generator/mujaz/data/stems.json`. Needs the extra `training`.
"""

from __future__ import annotations

import gzip
import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory
from wordfreq import get_frequency_dict

import mujaz.arabic.stems as stemmer
from mujaz.arabic.normalise import word_key
from mujaz.arabic.phrases import split_words
from mujaz.training import ARTICLES, LABELLED, data_folder, json_records

OUT = Path(__file__).parent.parent / "data" / "stems.json"
_WORD = re.compile("[\u0621-\u064a]{2,}")
_CORPUS_SIZE = 3_000_000
"""Words that the shares of wordfreq are taken of, to be added to counts of the corpora."""
_MIN_OCCURRENCES = 8
"""Occurrences from which a word teaches anything."""
_MIN_PLURAL_OCCURRENCES = 20
"""The same for plurals, of which the browser's table has room for the common ones."""
_SURE = 0.9
"""Share of the words with one beginning that must own it."""
_MAX_BEGINNING_LETTERS = 6
_CLITICS = (("و", 1), ("ف", 1), ("ب", 1), ("ك", 1), ("ل", 1), ("ال", 2))
_WITH_ARTICLE = ("لل", "وال", "فال", "بال", "كال")
_ENDS = "ها هم هما نا ه ات ين ون ان ا ي يه ته تها تين تان يين يات".split()

# The dictionary has these feminines as words of their own; in news they only agree with a noun.
_AGREEING = frozenset(
    "مهمه طويله شديده ديمقراطيه رايعه نادره هامه بارده ايجابيه سلبيه شرعيه صينيه بشريه جنسيه "
    "تاريخيه اقليميه زمنيه روحيه اخلاقيه استراتيجيه عصبيه تقنيه غريبه زايده منظمه واضحه قوميه "
    "ايرلنديه بربريه امازيغيه انكليزيه اشتراكيه بوذيه افتتاحيه انفصاليه عنصريه ثلاثيه قريبه".split()
)
# And these as feminines of other words.
_NOUNS = frozenset(
    "امسيه انقره بلديه بركه تحفه تربه تفاحه ثغره حجره حفره حيله خيمه رتبه رخصه شجره شخصيه صخره "
    "صدفه علبه غرفه كتله محاسبه محافظه مدرسه مستوطنه مصلحه ملاحقه مناسبه مهله موافقه نبذه نخبه "
    "نسخه نقابه نقطه نكته قرعه قراءه خارجيه داخليه عدليه ثانيه ذريه ارضيه اهليه مقابله فرقه "
    "زياره تجربه سياره عماره عباره لجنه مهنه ثقافه".split()
)
# Of nouns and the adjectives made from them, few are unrelated words.
_NO_ADJECTIVES = (
    "دوري رياضي محلي سوري ثوري حلوي عدوي قبلي سامي باني عامي مالكي سلمي امامي كندي".split()
)

_SINGULARS = {"طرق": "طريق"}
"""Plurals of several words; the dictionary names the rarer one."""
_ARTICLE_LIKE = ("الماني", "الباني", "الكترون", "التزام")
"""Foreign names that look as if they had an article."""
_WEAK = re.compile("[اويهء]")
_DOUBLE = re.compile(r"(.)\1")
_DEFECTIVE = re.compile("..ا.ي")
"""Plurals such as `أراضي`; other words that end so are adjectives."""
_VERB = "-"
"""Stands before the lemmas of words that cannot be nouns."""

Counts = Mapping[str, float]


class Lemmas:
    """What lemma a form has, all in comparison keys."""

    def __init__(self) -> None:
        """Read the dictionary."""
        lemmas_of: dict[str, Counter[str]] = defaultdict(Counter)
        dictionary = DefaultDictionaryFactory().get_dictionary("ar")
        for form, lemma in dictionary.items():
            pair = word_key(_text(form)), word_key(_text(lemma))
            if all(map(_WORD.fullmatch, pair)):
                lemmas_of[pair[0]][pair[1]] += 1
        self._lemmas = {
            form: sorted(lemmas, key=lambda lemma: (-lemmas[lemma], lemma))[0]
            for form, lemmas in lemmas_of.items()
        }

    def __contains__(self, word: str) -> bool:
        """Return whether the dictionary has `word`."""
        return word in self._lemmas

    def of(self, word: str) -> str | None:
        """Return the lemma of a word without clitics; as a noun, if it can be one."""
        noun = self._lemmas.get("ال" + word)
        if not noun or word in _NOUNS:
            return word if word in _NOUNS else self._lemmas.get(word)
        return noun if word.startswith("ال") else noun.removeprefix("ال")

    def is_noun(self, word: str) -> bool:
        """Return whether the dictionary has `word` with an article."""
        return "ال" + word in self._lemmas

    def is_entry(self, word: str) -> bool:
        """Return whether `word` is a lemma itself."""
        return self._lemmas.get(word) == word

    def is_known(self, word: str) -> bool:
        """Return whether `word`, or what is left of it without an ending, is in the dictionary."""
        if word in self._lemmas:
            return True
        bases = (word[: -len(end)] for end in _ENDS if word.endswith(end))
        return any(
            base in self._lemmas or base + "ه" in self._lemmas for base in bases if len(base) > 2
        )


def main() -> None:
    """Learn, and write the table."""
    counts = count_words(data_folder())
    lemmas = Lemmas()
    beginnings, own_words = own_letters(counts, lemmas)
    learnt: dict[str, list[str]] = {
        "own": sorted({*beginnings, *_ARTICLE_LIKE}),
        "own_words": own_words,
        "whole": [],
        "stands": [],
    }
    _write(learnt)  # each step reads what the one before it learnt
    bare = bare_counts(counts)
    learnt["whole"] = whole_words(bare, lemmas)
    _write(learnt)
    meant = meanings(bare, lemmas)
    whole = [(token, token) for token in inseparable_endings(meant)]
    learnt["stands"] = [word for pair in whole for word in pair]
    _write(learnt)
    stem_by_word = dict([*plurals(bare, meant, lemmas), *whole])
    learnt["stands"] = [word for pair in sorted(stem_by_word.items()) for word in pair]
    _write(learnt)
    for name, words in learnt.items():
        print(name, len(words))


def count_words(folder: Path) -> Counts:
    """Return how often each word is written, about, in four million words of Arabic."""
    counts: Counter[str] = Counter()
    for article in json_records(folder / ARTICLES):
        counts.update(split_words(f"{article['title']} {article['text']}").keys)
    with gzip.open(folder / LABELLED, "rt", encoding="utf-8") as lines:
        for line in lines:
            counts.update(split_words(line.rpartition(" ")[0]).keys)
    occurrences = {word: float(number) for word, number in counts.items() if _WORD.fullmatch(word)}
    for word, share in get_frequency_dict("ar", wordlist="best").items():
        folded = word_key(word)
        if _WORD.fullmatch(folded):
            occurrences[folded] = occurrences.get(folded, 0.0) + share * _CORPUS_SIZE
    return occurrences


def own_letters(counts: Counts, lemmas: Lemmas) -> tuple[list[str], list[str]]:
    """Return beginnings, and whole words, of which the first letters are no clitic."""
    beginnings: list[str] = []
    words: list[str] = []
    for clitic, length in _CLITICS:
        votes = {
            word: (owned, math.log1p(number))
            for word, number in counts.items()
            if number >= _MIN_OCCURRENCES
            and word.startswith(clitic)
            and len(word) >= 4 - (length == 2)
            for owned in [_owns(word, length, counts, lemmas)]
            if owned is not None
        }
        for beginning, is_word in _beginnings(clitic, votes):
            (words if is_word else beginnings).append(beginning)
    return beginnings, words


def _owns(word: str, length: int, counts: Counts, lemmas: Lemmas) -> bool | None:
    """Return whether the first letters belong to the word, None if nothing tells."""
    rest = word[length:]
    if len(rest) < 2:
        return True
    number, others = counts[word], counts.get(rest, 0.0) + _defined(rest, counts)
    # What takes an article begins there: nothing but the conjunctions stands before an article.
    if _defined(word, counts) >= max(2.0, 0.01 * length * number):
        return True
    if word.startswith(_WITH_ARTICLE):
        return False
    lemma = lemmas.of(word) if word in lemmas else None
    is_entry = bool(lemma and lemma[0] == word[0])
    if length == 2:
        is_rest_known = lemmas.is_known(rest) or counts.get(rest, 0.0) > 0.05 * number
        return is_entry and not is_rest_known
    if lemmas.is_known(word) and lemmas.is_known(rest):
        return number > 0.03 * others if is_entry else others <= 0.5 * number
    if lemmas.is_known(word) or lemmas.is_known(rest):
        return lemmas.is_known(word)
    return None if 0.2 * number < others < 2 * number else others <= 0.2 * number


def _defined(word: str, counts: Counts) -> float:
    """Return how often the word has an article."""
    forms = ("ال" + word, "وال" + word, "بال" + word, "لل" + word)
    return sum(counts.get(form, 0.0) for form in forms)


def _beginnings(clitic: str, votes: Mapping[str, tuple[bool, float]]) -> Iterator[tuple[str, bool]]:
    """Yield the shortest beginnings that nearly only words that own them have, then words."""
    below: dict[str, list[str]] = defaultdict(list)
    for word in votes:
        for end in range(len(clitic), len(word) + 1):
            below[word[:end]].append(word)

    def look(start: str) -> Iterator[tuple[str, bool]]:
        weights = [votes[word] for word in below[start]]
        owned = sum(weight for is_owned, weight in weights if is_owned)
        if not owned:
            return
        if len(start) > len(clitic) and owned >= _SURE * sum(weight for _, weight in weights):
            yield start, False
            return
        if start in votes and votes[start][0] and votes[start][1] > math.log(20):
            yield start, True
        if len(start) < _MAX_BEGINNING_LETTERS:
            longer = {word[: len(start) + 1] for word in below[start] if len(word) > len(start)}
            for each in sorted(longer):
                yield from look(each)

    return look(clitic)


def bare_counts(counts: Counts) -> Counts:
    """Return how often each word is written, whatever its clitics."""
    by_base: dict[str, float] = defaultdict(float)
    for word, number in counts.items():
        by_base[stemmer.without_clitics(word)] += number
    return {word: number for word, number in by_base.items() if number >= 3}


def whole_words(bare: Counts, lemmas: Lemmas) -> list[str]:
    """Return words that look as if they had an ending, where the rest is another common word."""
    by_base: dict[str, list[str]] = defaultdict(list)
    for word in bare:
        by_base[stemmer.without_endings(word)[0]].append(word)
    return sorted(
        word
        for base, words in by_base.items()
        for word in words
        if _is_whole(word, base, bare, lemmas)
        and sum(bare[each] for each in words if lemmas.of(each) not in (None, word))
        >= _MIN_OCCURRENCES
    )


def _is_whole(word: str, base: str, bare: Counts, lemmas: Lemmas) -> bool:
    ending = word[len(base) :]
    if word == base or ending in ("ه", "ي", "يه", "ته", "تين", "تان"):
        return False
    if ending == "ون" and lemmas.is_noun(base):
        return False
    return lemmas.of(word) == word and lemmas.is_noun(word) and bare[word] >= _MIN_OCCURRENCES


def meanings(bare: Counts, lemmas: Lemmas) -> dict[str, Counter[str]]:
    """Return how often words with one base and ending (`مدرس` + `ه`) have each lemma."""
    lemmas_by_token: dict[str, Counter[str]] = defaultdict(Counter)
    for word, number in bare.items():
        lemma = lemmas.of(word)
        if lemma:
            name = lemma if lemmas.is_noun(word) else _VERB + lemma
            lemmas_by_token["".join(stemmer.without_endings(word))][name] += round(number)
    return {token: meant for token, meant in lemmas_by_token.items() if meant.total()}


def inseparable_endings(meant: Mapping[str, Counter[str]]) -> list[str]:
    """Return bases with the ending that makes another word of them."""
    tokens = set(_NO_ADJECTIVES)
    for token, lemmas in meant.items():
        for kind in ("يه", "ه"):
            base = token.removesuffix(kind)
            if base == token or _sure(lemmas) != token or token in _AGREEING:
                continue
            others = Counter[str]()
            for other in ("", "ي", "ه", "يه"):
                if other != kind:
                    others.update(meant.get(base + other, {}))
            if others.total() - others[token] - others[_VERB + token] >= _MIN_OCCURRENCES:
                tokens.add(token)
    return sorted(tokens)


def plurals(
    bare: Counts, meant: Mapping[str, Counter[str]], lemmas: Lemmas
) -> Iterator[tuple[str, str]]:
    """Yield broken plurals without endings and the stem of the singular that most of them have.

    With them go short words as they are before a possessive: `قوت`, which is `قوة` in `قوتها`.
    """
    for token in sorted(meant):
        if token.startswith("ا") and lemmas.is_entry(token):
            continue  # a verbal noun, such as `إخراج`
        lemma = _SINGULARS.get(token) or _sure(meant[token])
        if (
            lemma
            and not lemma.startswith(_VERB)
            and meant[token].total() >= _MIN_PLURAL_OCCURRENCES
        ):
            target = stemmer._of_bare(lemma)
            if target not in (token, stemmer._of_bare(token)) and _is_plural(token, target):
                yield token, target
    for word, number in bare.items():
        short = word[:-1] + "ت"
        is_short = (
            len(word) == stemmer.MIN_STEM_LETTERS and word[-1] == "ه" and lemmas.is_noun(word)
        )
        if is_short and number >= max(_MIN_OCCURRENCES, 3 * bare.get(short, 0.0)):
            yield short, word


def _is_plural(word: str, singular: str) -> bool:
    """Return whether `word` has the consonants of `singular`, in their order, or is its dual."""
    if len(singular) < 2 or (word.endswith("ي") and not _DEFECTIVE.fullmatch(word)):
        return False
    plain, other = (_DOUBLE.sub(r"\1", _WEAK.sub("", each)) for each in (word, singular))
    return plain == other or word == singular + "ان"


def _sure(lemmas: Mapping[str, int]) -> str | None:
    """Return the lemma that most of the words have, if enough have it."""
    best = max(lemmas, key=lambda lemma: (lemmas[lemma], lemma))
    return best if lemmas[best] >= max(0.6 * sum(lemmas.values()), _MIN_OCCURRENCES) else None


def _text(word: str | bytes) -> str:
    return word if isinstance(word, str) else word.decode()


def _write(lists: Mapping[str, Iterable[str]]) -> None:
    texts = {name: " ".join(words) for name, words in lists.items()}
    OUT.write_text(json.dumps(texts, ensure_ascii=False, indent=0) + "\n", "utf-8")
    stemmer._table.cache_clear()
    stemmer.stem.cache_clear()


if __name__ == "__main__":
    main()
