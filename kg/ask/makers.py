"""Whose a name of a question is: who submitted, who made a chip, or who is spoken of."""

from __future__ import annotations

from kg.ask.items import whose_chips
from kg.ask.places import Places

AUXILIARY = frozenset(["is", "are", "was", "were", "have", "has", "had", "did", "do", "does"])
COUNTED_BY = {"accelerator": "acceleratorCount", "processor": "processorCount"}
"""The property that counts things of a class in a result."""
KINDS = frozenset(
    ["kind", "kinds", "type", "types", "sort", "sorts", "model", "models", "different", "distinct", "unique", "various"]
)
"""Words with which things are counted by what they are: 'the most different accelerators'."""
MADE_ON = frozenset(["based", "powered", "equipped", "driven"])
"""What a hyphen joins to the maker of a machine's chips."""
MENTIONS = frozenset(["mentionsSubmitter", "partner"])
"""Predicates of those whom a statement speaks of."""
_RAN_ON = frozenset(["run on", "runs on", "ran on", "running on"])


class Makers(Places):
    """What organizations of a question are in it. `nouns` and `whose` are those of `Parts`."""

    nouns: list[tuple[int, str, bool]]
    whose: int
    _negated: str

    def asks(self, field: str) -> bool:
        """Whether a noun so far stands for a field."""
        return any(n == field for _, n, _ in self.nouns)

    def _part_of(self, at: int) -> str:
        """The field of an organization at a place: who submitted, whose chips they are, or who is spoken of."""
        if self._makes(at):
            return "processor" if self._made(at) == "processor" else "accelerator"
        before, following = self.before(at), self.items[at + 1 : at + 2]
        spoken = before is not None and before.roles.get("predicate") in MENTIONS
        speaks = self.items[at - 1].low in AUXILIARY or any({"predicate", "source"} & i.roles.keys() for i in following)
        return "thing" if spoken and not speaks else "organization"

    def _made(self, at: int) -> str:
        """The noun after an organization, or after the list that it stands in: 'NVIDIA or AMD chips'."""
        place, joiner = self.after(at)
        later, other = self.after(place)
        if (self.joins(place) or joiner.low == "nor") and other.kinds() == {"Organization"}:
            return self._made(later)
        noun = next((i.roles.get("noun", "") for i in self.items[at + 1 : at + 2]), "")
        if [i.low for i in self.items[at + 1 : at + 2]] == ["ones"]:  # 'with AMD CPUs and how many with Intel ones'
            noun = next((i.roles["noun"] for i in reversed(self.items[:at]) if i.roles.get("noun") in COUNTED_BY), "")
        if noun or at == 0 or self.items[at - 1].low not in ("of", "from", "by", "made by"):
            return noun
        earlier = [i for i in self.items[: at - 1] if self._negated == "" or i.roles.keys() - {"filler", "negator"}]
        if earlier and (self._negated or self.asks("organization")):
            return earlier[-1].roles.get("noun", "")  # 'with CPUs of Intel', 'hardware that is not from Intel'
        return ""

    def _makes(self, at: int) -> bool:
        """Whether an organization at a place is spoken of as a maker: 'NVIDIA GPUs', 'other than NVIDIA's'."""
        if self.items[at].kinds() != {"Organization"} or "maker" not in self.items[at].roles:
            return False
        whole = whose_chips(self.items, at + 1) and self.items[at].end == self.items[at + 1].start
        if whole and not self.items[at].text.endswith(("'s", "s'")):
            return True  # 'Huawei Ascend'
        noun, before = self._made(at), self.before(at)
        sized = any(v.startswith("acceleratorCount") for _, v in self.role("superlative"))
        largest = noun == "system" and sized
        if before is None or largest or noun in ("accelerator", "processor"):
            return largest or noun in ("accelerator", "processor")
        earlier = self.before(self.items.index(before))
        ran = earlier is not None and ("verb" in earlier.roles or earlier.roles.get("noun") == "result")
        on = before.low in _RAN_ON or (before.low == "on" and ran)
        who = any(i.roles.get("noun") == "organization" for i in self.items[:at])
        ran_by = (who or self.whose >= 0) and "verb" in before.roles  # "companies that ran AMD's MI300X"
        chips = (ran_by or before.low in ("on", "with", "using")) and whose_chips(self.items, at + 1)
        using = before.low in ("using", "use", "used", "uses") and self.asks("organization")
        if chips or using or on:
            return True
        said = earlier if earlier and before.low in ("of", "from") else before  # 'except those from NVIDIA'
        others = said.roles.get("negator") == "except" and not (earlier and earlier.low == "by")
        return others and any(i.roles.get("noun") == "accelerator" for i in self.items[:at])
