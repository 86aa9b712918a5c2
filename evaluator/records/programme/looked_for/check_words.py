"""The words that checks of criteria look for, as the data file holds them and as a programme changes them."""

from typing import Literal

from pydantic import Field

from evaluator.records.programme.published import Published

NONE: tuple[str, ...] = ()


class Phrases(Published):
    """Phrases that are looked for, and phrases that are passed over although one of the others is in them."""

    phrases: tuple[str, ...] = NONE
    except_: tuple[str, ...] = Field(default=NONE, alias="except")

    def changed(self, change: "Change") -> "Phrases":
        """Give the phrases with some added and some removed."""
        kept = tuple(phrase for phrase in self.phrases if phrase not in change.remove)
        return Phrases(phrases=(*kept, *change.add), **{"except": (*self.except_, *change.except_)})


class Change(Published):
    """What a programme adds to a list of phrases, takes from it, and has passed over."""

    add: tuple[str, ...] = NONE
    remove: tuple[str, ...] = NONE
    except_: tuple[str, ...] = Field(default=NONE, alias="except")


class CheckWords(Published):
    """Every list of phrases, empty where it is not given: a check whose list is empty finds nothing."""

    schema_: Literal[1] = Field(default=1, alias="schema")
    vague: Phrases = Phrases()
    measured: Phrases = Phrases()
    shown: Phrases = Phrases()
    discretion: Phrases = Phrases()
    unfinished: Phrases = Phrases()
    automatic: Phrases = Phrases()
    exceeding: Phrases = Phrases()
    degree: Phrases = Phrases()
    full_compliance: Phrases = Phrases()
    selection: Phrases = Phrases()
    local_only: Phrases = Phrases()
    shuts_out: Phrases = Phrases()
    early_cover: Phrases = Phrases()
    later_cover: Phrases = Phrases()
    one_group: Phrases = Phrases()
    hidden_weight: Phrases = Phrases()
    price_again: Phrases = Phrases()
    averaging: Phrases = Phrases()
    area: Phrases = Phrases()

    def changed(self, changes: dict[str, Change]) -> "CheckWords":
        """Give the lists as a programme changes them."""
        lists = {name: getattr(self, name).changed(change) for name, change in changes.items()}
        return self.model_copy(update=lists)


LISTS = tuple(name for name in CheckWords.model_fields if name != "schema_")
