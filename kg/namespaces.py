"""Prefixes, and the IRIs of things.

Ontology terms live under `MLP`, things under `ID`. Things have readable, stable IRIs that are made
from names alone, so that the same input gives the same IRI:

>>> iri("accelerator", "NVIDIA A100 80GB")
'https://w3id.org/mlperf-kg/id/accelerator/nvidia-a100-80gb'
>>> iri("submission", "training-v2.0", "Baidu")
'https://w3id.org/mlperf-kg/id/submission/training-v2.0/baidu'
"""

from __future__ import annotations

import re
from functools import lru_cache

MLP = "https://w3id.org/mlperf-kg/ontology#"
ID = "https://w3id.org/mlperf-kg/id/"
QUARANTINE = ID + "graph/quarantine"

PREFIXES: dict[str, str] = {
    "mlp": MLP,
    "id": ID,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "schema": "https://schema.org/",
    "prov": "http://www.w3.org/ns/prov#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "sh": "http://www.w3.org/ns/shacl#",
}

RDF_TYPE = PREFIXES["rdf"] + "type"
RDFS_LABEL = PREFIXES["rdfs"] + "label"
XSD = PREFIXES["xsd"]


_DROPPED = r"[®™©\u00ad\u200b-\u200f\u2060\ufeff]"
_SEPARATORS = r"[\s\-‐-―_/\\()\[\],:;'’‘\"“”|]+"
_MADE = r"[a-z0-9.-]*--[0-9a-f]{10}"


@lru_cache(maxsize=65_536)
def slug(name: str) -> str:
    """The part of an IRI made from a name: lower case ASCII letters, digits, dots and hyphens.

    Case, spaces and hyphens, brackets, quotation and trademark signs do not count. A name with other signs
    or letters gets, after two hyphens, a digest of all of it, so that no two names share a slug.

    >>> slug("Training v2.0"), slug("NDm A100 v4 series"), slug("Gaudi®2")
    ('training-v2.0', 'ndm-a100-v4-series', 'gaudi2')
    >>> slug("C Corp"), slug("C++ Corp"), slug("浪潮")
    ('c-corp', 'c-corp--52a5f2204a', 'x--50ab5f8845')

    A slug stays as it is. Raises ValueError for a name of nothing but space.
    """
    if re.fullmatch(_MADE, name):
        return name
    import unicodedata  # queries make few IRIs

    folded = unicodedata.normalize("NFC", re.sub(_DROPPED, "", name)).lower()
    folded = re.sub(_SEPARATORS, "-", folded).strip("-.")
    if re.fullmatch(r"[a-z0-9.-]+", folded):
        return folded
    if not name.strip():
        raise ValueError(f"no IRI can be made from {name!r}")
    plain = unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode()
    readable = re.sub(r"[^a-z0-9.]+", "-", plain).strip("-.")
    import hashlib  # names in Latin letters need none

    digest = hashlib.sha256((folded or name).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{readable or 'x'}--{digest[:10]}"


def iri(kind: str, *names: str) -> str:
    """The IRI of a thing of a kind, from the names that identify it, outermost first."""
    return ID + "/".join([kind, *map(slug, names)])


def last(iri: str) -> str:
    """The last step of an IRI.

    >>> last("https://w3id.org/mlperf-kg/id/round/training-v2.0")
    'training-v2.0'
    """
    return iri.rpartition("/")[2]


def curie(value: str) -> str:
    """An IRI in its short form where a prefix fits, unchanged where none does.

    >>> curie("https://w3id.org/mlperf-kg/ontology#System")
    'mlp:System'
    """
    for prefix, base in PREFIXES.items():
        local = value.removeprefix(base)
        if local not in ("", value) and not local.startswith("//"):  # which would be another IRI's scheme
            return f"{prefix}:{local}"
    return value


def expand(value: str) -> str:
    """A CURIE as a full IRI; a full IRI unchanged.

    >>> expand("id:organization/baidu")
    'https://w3id.org/mlperf-kg/id/organization/baidu'
    """
    prefix, colon, local = value.partition(":")
    return PREFIXES[prefix] + local if colon and prefix in PREFIXES and not local.startswith("//") else value
