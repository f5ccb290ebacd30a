"""Linking the names of official results to the vocabulary, and systems of statements to those as filed."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from kg.model.record import NOTHING, LinkedResult, Result, SystemLink
from kg.model.statement import Entity, Fact, Kind
from kg.names.filed import same_organization
from kg.names.fold import fold
from kg.names.lexicon import Lexicon
from kg.names.newer import CODE, bare
from kg.names.vocabulary import Vocabulary
from kg.namespaces import iri, last, slug
from kg.record.shipped import rows
from kg.record.system_file import status


class ResultLinker:
    """Links the results of rounds; `unlinked` counts the names that no vocabulary knows, by kind."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._lexicons: dict[str, tuple[Entity, Lexicon]] = {}
        self._found: dict[tuple[str, str, str], Entity | None] = {}
        self._organizations: dict[tuple[str, str], tuple[Entity, ...]] = {}
        self._taken: dict[tuple[str, ...], str] = {}
        self._frameworks: dict[tuple[str, str], list[Entity]] = {}
        self.unlinked: Counter[tuple[str, str]] = Counter()

    def link(self, result: Result) -> LinkedResult:
        """A result with its entities; what the vocabulary lacks is new, or None."""
        label, round_ = result.round, self.round(result.round)
        return LinkedResult(
            result,
            self.submitters(label, result.submitter, result.filed_as),
            self.place(label, result.submitter, result.system),
            round_,
            self._benchmark(result),
            self.entity(label, "Division", result.division) or NOTHING,
            self._availability(result),
            self.accelerator(label, result.accelerator, result.accelerators),
            self.entity(label, "Processor", result.processor),
            tuple(self._named(label, result.framework_filed)),
            self.entity(label, "Framework", result.framework_run),
        )

    def place(self, mlperf_round: str, submitter: str, system: str) -> tuple[str, str]:
        """What IRIs are made of for a submitter's system: the organization's name, or that of the folder.

        The folder's where it names several organizations, or one with something beside: an organization
        may file equal names in several folders.
        """
        organizations = self.organizations(mlperf_round, submitter)
        whole = not organizations[0].known or self._whole(mlperf_round, submitter) is not None
        owner = last(organizations[0].iri) if whole and len(organizations) == 1 else slug(submitter)
        return owner, self.own((mlperf_round, owner), system, f"{submitter}/{system}")

    def own(self, above: tuple[str, ...], name: str, path: str) -> str:
        """The last part of an IRI, below others; with a digest of the whole path when another path has taken it."""
        part = slug(name)
        if self._taken.setdefault((*above, part), path) != path:
            part += "--" + hashlib.sha256(path.encode()).hexdigest()[:10]
        return part

    def _whole(self, round_: str, name: str) -> Entity | None:
        return self._lexicon(round_)[1].link(name, ("Organization",))

    def round(self, label: str) -> Entity:
        """The round with a label; a new one when none is known."""
        return self._lexicon(label)[0]

    def organizations(self, mlperf_round: str, name: str) -> tuple[Entity, ...]:
        """The organizations that a submitter's name stands for in a round; a new one when none is known.

        Of a joint submission ('IBM+CoreWeave+NVIDIA') there are several.
        """
        if (mlperf_round, name) not in self._organizations:
            whole = self._whole(mlperf_round, name)
            found = [m for m in self._lexicon(mlperf_round)[1].find(name) if m.kind == "Organization" and m.entity]
            named = {m.entity: None for m in found if m.entity}
            parts = [whole] if whole else list(named)
            said = sum(len(fold(m.text)) for m in found)
            if (
                not parts
                or (len(parts) == 1 and "+" in name and not whole)
                or (len(parts) > 1 and said < len(fold(name)))
            ):
                self.unlinked["Organization", name] += 1
                names = [part for part in map(str.strip, name.split("+")) if part] or [name]
                parts = [self._whole(mlperf_round, part) or self._spelt(part) or _organization(part) for part in names]
            self._organizations[mlperf_round, name] = tuple(parts)
        return self._organizations[mlperf_round, name]

    def submitters(self, mlperf_round: str, folder: str, filed_as: str) -> tuple[Entity, ...]:
        """Who submitted: the organizations of a folder, or of the name in its system file, where that adds others to them.

        NVIDIA's folder of v4.0 holds a system of 'NVIDIA+CoreWeave'.
        """
        own = self.organizations(mlperf_round, folder)
        found = (m.entity for m in self._lexicon(mlperf_round)[1].find(filed_as) if m.kind == "Organization")
        named = dict.fromkeys(e for e in found if e)
        return tuple(dict.fromkeys((*own, *named))) if {*own} < {*named} else own

    def _spelt(self, name: str) -> Entity | None:
        """The one known organization that a name is another spelling of, such as its initials."""
        found = {
            c.entity for c in self._vocabulary.of_kind("Organization") if any(same_organization(name, n) for n in c.names)
        }  # fmt: skip
        return found.pop() if len(found) == 1 else None

    def frameworks(self, mlperf_round: str, text: str) -> list[Entity]:
        """The frameworks that a text names, without libraries of others that it names."""
        named = self._named(mlperf_round, text)
        iris = {e.iri for e in named}
        return [e for e in named if not iris & set(self._vocabulary[e.iri].built_on)]

    def _named(self, round_: str, text: str) -> list[Entity]:
        """All frameworks that a text names."""
        if (round_, text) not in self._frameworks:
            found = self._lexicon(round_)[1].find(text)
            named = dict.fromkeys(m.entity for m in found if m.kind == "Framework" and m.entity)
            self._frameworks[round_, text] = list(named)
        return self._frameworks[round_, text]

    def _lexicon(self, label: str) -> tuple[Entity, Lexicon]:
        if label not in self._lexicons:
            round_ = self._vocabulary.round_labelled(label)
            if not round_.known:
                self.unlinked["Round", label] += 1
            self._lexicons[label] = round_, Lexicon(self._vocabulary, round_)
        return self._lexicons[label]

    def entity(self, round_: str, kind: Kind, name: str) -> Entity | None:
        """The entity of a kind that a name stands for, or the only one that is named in it."""
        if not name:
            return None
        key = round_, kind, name
        if key not in self._found:
            lexicon = self._lexicon(round_)[1]
            whole = lexicon.link(name, (kind,))
            within = {m.entity for m in lexicon.find(name) if m.kind == kind and m.entity}
            self._found[key] = whole or self._shared_by(within)
        if not (found := self._found[key]) or not found.known:
            self.unlinked[kind, name] += 1
        return found

    def _shared_by(self, entities: set[Entity]) -> Entity | None:
        """The narrowest concept that is as wide as all of some; of a family and one of its models, the model."""
        wide = {e.iri: self._vocabulary.ancestors(e.iri) | {e.iri} for e in entities}
        if within := [e for e in entities if wide.keys() <= wide[e.iri]]:
            return within[0]
        wider = set.intersection(*wide.values()) if wide else set()
        narrowest = max(wider, key=lambda at: (len(self._vocabulary.ancestors(at)), at), default=None)
        return self._vocabulary[narrowest].entity if narrowest else None

    def _benchmark(self, result: Result) -> Entity:
        """The benchmark of a result, `NOTHING` of a system alone; a new one when none is known."""
        name = result.benchmark
        if not name:
            return NOTHING
        used = self._vocabulary.benchmarks_of(self.round(result.round))
        keyed = [c.entity for c in self._vocabulary.of_kind("Benchmark") if name in c.keys]
        found = [e for e in keyed if e.iri in used] or keyed
        if len(found) == 1:
            return found[0]
        known = self.entity(result.round, "Benchmark", name)
        return known or Entity(iri("benchmark", name), name, "Benchmark", False)

    def accelerator(self, mlperf_round: str, filed: str, number: int | None) -> Entity | None:
        """The accelerator that is filed; when none is known, a new one: 'Rubin R200' of 'NVIDIA Rubin GPU (R200-SXM)'."""
        known = self.entity(mlperf_round, "Accelerator", filed)
        words = bare(re.sub(r"\(.*?\)|^\d+\s?[xX×]\s|[®™]|\b(?:GPUs?|[Aa]ccelerators?)\b", " ", filed).strip()).split()
        words += [code for code in re.findall(r"\(([A-Z]+\d{2,}[A-Z]*)\b", filed) if code not in words]
        if known or not number or not words:
            return known
        name = " ".join(words[1:] if words[1:] and self._whole(mlperf_round, words[0]) else words)
        return Entity(iri("accelerator", *CODE.findall(name)[-1:] or [name]), name, "Accelerator", False)

    def _availability(self, result: Result) -> Entity | None:
        """The category as filed; the log tells cloud from on-premise where the file says only 'available'."""
        filed, logged = status(result.availability), status(result.logged_status)
        exact = logged if filed in ("available", "") and logged in ("cloud", "onprem") else filed
        return self.entity(result.round, "AvailabilityCategory", exact)


def submitters_of(vocabulary: Vocabulary) -> dict[str, set[str]]:
    """Who took part in the rounds whose results are not read, by the round's IRI: the IRIs of the organizations.

    From the folders of MLCommons' repositories at the commit of each line.
    """
    linker, found = ResultLinker(vocabulary), defaultdict[str, set[str]](set)
    for row in rows("submitters.csv"):
        named = linker.organizations(row["round"], row["submitter"])
        found[linker.round(row["round"]).iri].update(o.iri for o in named)
    return dict(found)


def _organization(name: str) -> Entity:
    return Entity(iri("organization", name), name.replace("_", " "), "Organization", False)


def link_systems(facts: Iterable[Fact], results: Iterable[LinkedResult]) -> list[SystemLink]:
    """The systems of an organization's statement that are systems it filed in the same round.

    A name is compared from its first word with a digit on, so that a brand before it need not be there;
    what follows in the filed name must not make another model of it ('NF5488' is not 'NF5488A5').
    """
    systems: dict[tuple[str, str], dict[str, Entity]] = {}
    for fact in facts:
        key = fact.statement.organization.iri, fact.statement.round.iri
        for value in (fact.subject, fact.object, *fact.qualifiers.values()):
            if isinstance(value, Entity) and value.kind == "System":
                systems.setdefault(key, {})[value.iri] = value
    filed: dict[tuple[str, str], dict[str, Result]] = {}
    for r in results:
        for organization in r.submitters:
            filed.setdefault((organization.iri, r.round.iri), {})[r.filed_system] = r.result
    links = {
        (system.iri, at): SystemLink(system, at, name)
        for key, named in systems.items()
        for system in named.values()
        for at, result in filed.get(key, {}).items()
        if (name := shared_name(system.label, (result.system, result.system_name), result.accelerator))
    }
    return [links[key] for key in sorted(links)]


def shared_name(label: str, names: Iterable[str], accelerator: str = "") -> str:
    """The model of a label that one of the filed names has; '' when none has it.

    What is left of a label when its brand is gone must not begin with the accelerator's name, which other
    systems have as well ('NDm A100 v4' and 'NC A100 v4').

    >>> shared_name("PowerEdge XE8545", ["2xXE8545x4A100-SXM-40GB"]), shared_name("NF5488", ["nf5488a5_mxnet"])
    ('XE8545', '')
    """
    for model, pattern in _models(label):
        if any(map(pattern.search, names)):
            filed = accelerator.lower().replace("-", " ").split()
            if model == label or model.split()[0].lower() not in filed:
                return model
    return ""


@lru_cache(maxsize=4096)
def _models(label: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The models of four letters or more that a label may stand for, each with what finds it in a filed name."""
    found = []
    for model in _from_first_digit(label):
        letters = re.findall(r"[A-Za-z0-9]", model)
        if len(letters) > 3:
            spelled = r"[\s_.-]*".join(letters)
            pattern = rf"(?<![A-Za-z0-9])(?:\d+x)?{spelled}(?:(?![A-Za-z0-9])|(?=x\d))"
            found.append((model, re.compile(pattern, re.IGNORECASE)))
    return tuple(found)


def _from_first_digit(label: str) -> Iterator[str]:
    """A label from its first word with a digit on; the whole label first when a brand belongs to the name."""
    words = label.split()
    for at, word in enumerate(words):
        if re.search(r"\d", word):
            if at:
                yield " ".join(words[at - 1 :])
            yield " ".join(words[at:])
            if re.fullmatch(r"(?=.*[A-Za-z])(?=.*\d)[\w+-]{4,}", word):
                yield word
            return
