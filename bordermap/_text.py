"""Text from outside: one form to compare names in, one script to meet in, and safe echoing."""
# ruff: noqa: RUF001, RUF003  (letters of four scripts are this file's subject)

import re
import unicodedata

# Letters that decomposition leaves as they are, though a reader takes them for their neighbour.
_LOOKALIKES = str.maketrans(
    {
        "ə": "e", "ǝ": "e", "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th",
        "æ": "ae", "œ": "oe", "ħ": "h", "ŧ": "t", "ŋ": "n", "ә": "е", "ґ": "г",
    }
)  # fmt: skip

# Written for the ejective or the soft sign in transliterations, or as a quotation mark.
_APOSTROPHES = "'`´‘’‛ʹʻʼʽʾʿˈˊˋ՚՛՝ߴߵ＇′\N{ARMENIAN MODIFIER LETTER LEFT HALF RING}"
_DROPPED = dict.fromkeys(map(ord, _APOSTROPHES))
_GAPS = re.compile(r"[\s_‐-―−⁃﹘﹣－֊·.-]+")

_ARMENIAN = str.maketrans(
    {
        "ա": "a", "բ": "b", "գ": "g", "դ": "d", "ե": "e", "զ": "z", "է": "e", "ը": "y",
        "թ": "t", "ժ": "zh", "ի": "i", "լ": "l", "խ": "kh", "ծ": "ts", "կ": "k", "հ": "h",
        "ձ": "dz", "ղ": "gh", "ճ": "ch", "մ": "m", "յ": "y", "ն": "n", "շ": "sh", "ո": "o",
        "չ": "ch", "պ": "p", "ջ": "j", "ռ": "r", "ս": "s", "վ": "v", "տ": "t", "ր": "r",
        "ց": "ts", "ւ": "v", "փ": "p", "ք": "k", "օ": "o", "ֆ": "f",
    }
)  # fmt: skip
_CYRILLIC = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z",
        "и": "i", "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p",
        "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch",
        "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
        "ѓ": "g", "є": "ye", "і": "i", "ї": "yi", "ў": "u", "ј": "j", "љ": "lj", "њ": "nj",
        "ћ": "c", "ђ": "dj", "џ": "dzh", "ѕ": "dz",
    }
)  # fmt: skip
# Letters whose mark carries a sound; folding alone would make "Laçın" into "Lacin".
_MARKED = str.maketrans(
    {
        "ç": "ch", "č": "ch", "ş": "sh", "š": "sh", "ž": "zh", "ğ": "gh", "ġ": "gh",
        "ł": "gh", "ə": "a", "ć": "ts", "ǰ": "j", "ĵ": "j", "ř": "r",
    }
)  # fmt: skip

# What different transliterations write for one sound, longest first.
_ONE_SOUND = (
    ("dzh", "c"), ("tch", "c"), ("shch", "s"), ("sch", "s"), ("zh", "c"), ("dj", "c"),
    ("dz", "c"), ("ch", "c"), ("ts", "c"), ("tz", "c"), ("sh", "s"), ("kh", "x"), ("gh", "g"),
    ("j", "c"), ("q", "g"), ("y", "i"), ("iw", "iu"), ("ow", "u"), ("ou", "u"), ("w", "v"),
)  # fmt: skip
_TWICE = re.compile(r"(.)\1+")

_UNPRINTABLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def fold(text: str) -> str:
    """
    Return the form in which two spellings of one name compare equal.

    Case, diacritics, apostrophes, dashes and runs of space do not count. Folding twice is
    folding once.

    Examples
    --------
    >>> fold("Vayots’ Dzor"), fold("NAXÇIVAN"), fold("Երևան") == fold("Երեւան")
    ('vayots dzor', 'naxcivan', True)
    """
    if text.isascii():
        bare = text.lower().translate(_DROPPED)
    else:
        # One pass of casefold and NFKD is not stable for 636 characters; this order is.
        cased = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
        kept = "".join([char for char in cased if not unicodedata.combining(char)])
        bare = kept.translate(_DROPPED).translate(_LOOKALIKES)
    return _GAPS.sub(" ", bare).strip()


def sound(text: str) -> str:
    """
    Return the Latin key in which scripts and transliterations of one name meet.

    The key is for comparing, not for showing: it merges sounds that spellings confuse.

    Examples
    --------
    >>> sound("Сюник"), sound("Սյունիք"), sound("Siwnik'"), sound("Syunik")
    ('siunik', 'siunik', 'siunik', 'siunik')
    >>> sound("Vayots Dzor") == sound("Vayoć Jor") == sound("Վայոց ձոր")
    True
    """
    marked = unicodedata.normalize("NFC", text).casefold().translate(_MARKED)
    return " ".join([_word_sound(word) for word in fold(marked).split(" ")])


def _word_sound(word: str) -> str:
    if not word.isascii():
        word = word.replace("ու", "u")
        if word.startswith("ո"):
            word = "v" + word  # an Armenian word that begins with ո is spoken "vo"
        word = word.translate(_ARMENIAN).translate(_CYRILLIC)
    for spelling, key in _ONE_SOUND:
        if spelling in word:
            word = word.replace(spelling, key)
    word = _TWICE.sub(r"\1", word)
    return word[1:] if word.startswith("ie") else word  # Yerevan, Erevan


def printable(text: str) -> str:
    r"""
    Return text that is safe to echo on one line of a terminal.

    Control, formatting and unassigned characters, which could move the cursor or turn the
    reading direction, become escapes.

    Examples
    --------
    >>> printable("a\x1b[2Jb\u202ec")
    'a\\x1b[2Jb\\u202ec'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        [
            char.encode("unicode_escape").decode("ascii")
            if unicodedata.category(char) in _UNPRINTABLE
            else char
            for char in text
        ]
    )
