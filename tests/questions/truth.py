#!/usr/bin/env python3
"""Expected answers for the test questions, computed from the result tables.

Independent of kg/: it reads data/results/*.csv (or .csv.xz) and, for each
question that carries a "calc", works out what a right answer has to contain.

    python3 tests/questions/truth.py                 # show what would change
    python3 tests/questions/truth.py --write         # store it in the files
    python3 tests/questions/truth.py --show ID ...   # print the rows behind

A calculation is done once the tables of all the rounds it needs are there.

How an "expect" is to be read:

contains  every item has to be found in the answer (sentence or rows).
          "a|b" means one of the two is enough.  Names are compared as words,
          without regard to case and punctuation.  An item that is a number
          with decimals ("16.7", "0.18") is found if some number in the answer
          rounds to it; a whole one ("42") if it is there exactly; "13%" if
          there is a percentage that rounds to it.
any       a list of such lists; one of them has to be found in whole
          (besides "contains", if there are both).
excludes  items that must not be among the answer rows.
excludes_org
          organizations that must not be the submitter of an answer row (they
          may be there in the name of a chip, which is why match() leaves this
          one to a test that sees the rows).
ordered   the items of "contains" that are names come in this order.
refuse    true: the answer has to be a refusal.  "ok": a refusal is as good.

match(expect, answer, refused) applies that to an answer's text, all but the
order and excludes_org.
"""

import argparse
import csv
import glob
import io
import json
import lzma
import os
import re
import statistics
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
TABLES = os.path.join(HERE, "..", "..", "data", "results")
FILES = ["work.jsonl", "fresh.jsonl", "fresh2.jsonl", "held.jsonl"]

# ---------------------------------------------------------------- names

# The names under which an organization filed -> organizations.
ORGS = {
    "dellemc": ["Dell"],
    "dell emc": ["Dell"],
    "supermicro": ["Supermicro"],
    "nettrix": ["Nettrix"],
    "habanalabs": ["Habana"],
    "intel-habanalabs": ["Habana"],
    "habana": ["Habana"],
    "pcl & pku": ["PCL", "PKU"],
    "pcl": ["PCL"],
    "quanta_cloud_technology": ["Quanta"],
    "qct": ["Quanta"],
    "gigacomputing": ["GigaComputing"],
    "azure-hazyresearch": ["Azure", "HazyResearch"],
    "nvidia+coreweave": ["NVIDIA", "CoreWeave"],
    "nvidia_coreweave": ["NVIDIA", "CoreWeave"],
    "azure+nvidia": ["Azure", "NVIDIA"],
    "coreweave + ibm + nvidia": ["CoreWeave", "IBM", "NVIDIA"],
    "ibm+coreweave+nvidia": ["CoreWeave", "IBM", "NVIDIA"],
    "supermicro-redhat": ["Supermicro", "Red Hat"],
    "redhat-supermicro": ["Supermicro", "Red Hat"],
    "red_hat": ["Supermicro", "Red Hat"],
    "supermicro_mangoboost": ["Supermicro", "MangoBoost"],
    "clemson university research computing and data": ["Clemson"],
    "clemson": ["Clemson"],
    "sustainable metal cloud": ["Sustainable Metal Cloud"],
    "smc": ["Sustainable Metal Cloud"],
    "smc-ac-power": ["Sustainable Metal Cloud"],
    "smc-dc-power": ["Sustainable Metal Cloud"],
    "junipernetworks": ["Juniper"],
    "juniper networks": ["Juniper"],
    "university-of-florida": ["University of Florida"],
    "fujitsu/riken": ["Fujitsu", "RIKEN"],
    "fujitsu+riken": ["Fujitsu", "RIKEN"],
    "hpe+lbnl": ["HPE", "LBNL"],
    "krai": ["Krai"],
    "tacc": ["TACC"],
    "helmholtzai": ["HelmholtzAI"],
}
# What may stand in an answer for an organization.
LABELS = {
    "Habana": "Habana|HabanaLabs|Intel",
    "Intel": "Intel",
    "PCL": "PCL|Peng Cheng",
    "PKU": "PKU|Peking",
    "Quanta": "Quanta|QCT",
    "GigaComputing": "GigaComputing|Giga Computing|GIGABYTE",
    "IEI": "IEI|Inspur",
    "Clemson": "Clemson",
    "Red Hat": "Red Hat|RedHat",
    "Juniper": "Juniper|JuniperNetworks",
    "Sustainable Metal Cloud": "Sustainable Metal Cloud|SMC",
    "University of Florida": "University of Florida",
    "HelmholtzAI": "HelmholtzAI|Helmholtz",
    "ASUSTeK": "ASUSTeK|ASUS",
    "Azure": "Azure",
    "HPE": "HPE|Hewlett Packard|Hewlett",
    "tinycorp": "tinycorp|tiny corp",
    "TACC": "TACC|Texas Advanced",
    "SIAT": "SIAT|Shenzhen",
    "CTuning": "CTuning|cTuning",
    "LBNL": "LBNL|Berkeley",
    "ANL": "ANL|Argonne",
    "NCSA": "NCSA",
}
# 'Intel' covers Habana's results as filed.
FAMILY = {"Intel": {"Intel", "Habana"}}

BENCH_LABELS = {
    "resnet": "ResNet|resnet|ResNet-50|Image Classification",
    "bert": "BERT",
    "ssd": "SSD|RetinaNet|Object detection",
    "retinanet": "RetinaNet|SSD|Object detection",
    "maskrcnn": "Mask R-CNN|MaskRCNN|mask r cnn",
    "unet3d": "3D U-Net|UNet3D|3D UNet|U-Net3D",
    "rnnt": "RNN-T|RNNT",
    "dlrm": "DLRM",
    "dlrm_dcnv2": "DLRM|DLRM-dcnv2|dlrm_dcnv2|DCNv2",
    "minigo": "Minigo",
    "gnmt": "GNMT",
    "transformer": "Transformer",
    "gpt3": "GPT-3|GPT3",
    "stable_diffusion": "Stable Diffusion",
    "rgat": "R-GAT|RGAT|GNN",
    "llama2_70b_lora": "Llama 2|llama2|Llama 2 70B",
    "llama31_405b": "Llama 3.1 405B|llama31 405b|405B",
    "llama31_8b": "Llama 3.1 8B|llama31 8b|8B",
    "flux1": "FLUX.1|flux1|Flux",
    "deepcam": "DeepCAM",
    "cosmoflow": "CosmoFlow",
    "oc20": "OC20|OpenCatalyst|Open Catalyst",
    "openfold": "OpenFold",
}
# Organizations whose name is a part of products' names too.
VENDORS = {"NVIDIA", "Intel", "AMD", "Google", "Graphcore", "Habana", "HabanaLabs"}


def bench(name, rnd):
    """The benchmark behind a folder's name."""
    if name == "ssd" and rnd.startswith("T") and float(rnd[1:]) >= 2.0:
        return "retinanet"
    if name == "gnn":
        return "rgat"
    return name


# ---------------------------------------------------------------- table


def num(text, kind=float):
    try:
        return kind(float(text))
    except (TypeError, ValueError):
        return None


def vendor(acc):
    for pattern, name in (
        (r"nvidia|tesla|a100|h100|h200|b200", "NVIDIA"),
        (r"tpu", "Google"),
        (r"gaudi|intel", "Intel"),
        (r"amd|radeon|instinct|mi3\d\d", "AMD"),
        (r"ipu|graphcore", "Graphcore"),
        (r"ascend", "Huawei"),
    ):
        if re.search(pattern, acc, re.I):
            return name
    return None


def orgs(raw, filed):
    known, more = (ORGS.get((name or "").strip().lower()) for name in (raw, filed))
    if known and more and set(known) < set(more):  # a joint submission below the folder of one of them
        return more
    return known or more or [(raw or filed).strip()]


def avail(text):
    low = text.lower()
    for word in ("research", "preview", "cloud"):
        if word in low:
            return word
    return "onprem"


def tables(folder):
    out = []
    for path in sorted(glob.glob(os.path.join(folder, "*.csv")) + glob.glob(os.path.join(folder, "*.csv.xz"))):
        if path.endswith(".xz"):
            text = lzma.open(path, "rt", encoding="utf-8").read()
        else:
            text = open(path, encoding="utf-8").read()
        for row in csv.DictReader(io.StringIO(text)):
            found = re.match(r"MLPerf (Training|HPC) v([\d.]+)$", row.get("round", ""))
            if not found:
                continue
            rnd = found.group(1)[0] + found.group(2)
            acc = row.get("accelerator") or ""
            if acc.upper() in ("N/A", "NONE", "-"):
                acc = ""
            raw, filed = row.get("submitter", ""), row.get("filed_as", "")
            nodes = num(row.get("nodes"), int)
            count = num(row.get("accelerators"), int)
            out.append(
                {
                    "round": rnd,
                    "org": orgs(raw, filed),
                    "div": row.get("division"),
                    "avail": avail(row.get("availability", "")),
                    "system": row.get("system_name") or row.get("system"),
                    "folder": row.get("system"),
                    "nodes": nodes,
                    "n": count,
                    "chip": acc,
                    "vendor": vendor(acc) if acc else None,
                    "mem": num(row.get("accelerator_memory_gb")),
                    "cpu": row.get("processor") or "",
                    "fw": row.get("framework_run") or "",
                    "bench": bench(row.get("benchmark"), rnd),
                    "runs": num(row.get("runs"), int),
                    "minutes": num(row.get("minutes")),
                }
            )
    return out


# ---------------------------------------------------------------- filters


def _in(value, wanted):
    wanted = wanted if isinstance(wanted, list) else [wanted]
    return value in wanted


def _cmp(value, test):
    if value is None:
        return False
    sign, limit = test
    return {
        "=": value == limit,
        ">": value > limit,
        "<": value < limit,
        ">=": value >= limit,
        "<=": value <= limit,
        "!=": value != limit,
    }[sign]


def _org(row, wanted):
    wanted = wanted if isinstance(wanted, list) else [wanted]
    for name in wanted:
        if FAMILY.get(name, {name}) & set(row["org"]):
            return True
    return False


def order(rnd):
    return (rnd[0] != "T", float(rnd[1:]))


def select(rows, f, scored=True):
    """Rows that fit the filter f (see the keys below).

    scored: only results with minutes, without those whose logs are not there.
    """
    out = [r for r in rows if r["minutes"] is not None or not scored]
    keep = {
        "r": lambda r, w: _in(r["round"], w),
        "fam": lambda r, w: r["round"][0] == w,
        "b": lambda r, w: _in(r["bench"], w),
        "o": _org,
        "no": lambda r, w: not _org(r, w),
        "c": lambda r, w: re.search(w, r["chip"], re.I),
        "nc": lambda r, w: not re.search(w, r["chip"], re.I),
        "v": lambda r, w: _in(r["vendor"], w),
        "nv": lambda r, w: not _in(r["vendor"], w),
        "d": lambda r, w: r["div"] == w,
        "a": lambda r, w: _in(r["avail"], w),
        "fw": lambda r, w: re.search(w, r["fw"], re.I),
        "nfw": lambda r, w: not re.search(w, r["fw"], re.I),
        "cpu": lambda r, w: re.search(w, r["cpu"], re.I),
        "n": lambda r, w: _cmp(r["n"], w),
        "k": lambda r, w: _cmp(r["nodes"], w),
        "n2": lambda r, w: _cmp(r["n"], w),
        "m": lambda r, w: _cmp(r["mem"], w),
        "t": lambda r, w: _cmp(r["minutes"], w),
        "s": lambda r, w: re.search(w, r["system"] + " " + (r["folder"] or ""), re.I),
    }
    last = f.get("r") == "last"
    for key, wanted in f.items():
        if key == "r" and last:
            continue
        out = [r for r in out if keep[key](r, wanted)]
    if last and out:
        final = max(
            (
                r["round"]
                for r in rows
                if r["minutes"] is not None
                and ("b" not in f or _in(r["bench"], f["b"]))
                and r["round"][0] == f.get("fam", "T")
            ),
            key=order,
        )
        out = [r for r in out if r["round"] == final]
    return out


def values(rows, of):
    got = set()
    for row in rows:
        value = row[of]
        if isinstance(value, list):
            got.update(value)
        elif value not in (None, ""):
            got.add(value)
    return got


def label(value, of):
    if of == "org":
        return LABELS.get(value, value)
    if of == "bench":
        return BENCH_LABELS.get(value, value)
    if of == "round":
        return "v" + value[1:]
    if of in ("minutes",):
        return number(value)
    if of == "cpu" and "(R)" in value:
        return f"{value}|{value.replace('(R)', '')}"
    if of == "vendor" and value == "Intel":
        return "Intel|Habana"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def number(value):
    return f"{value:.2f}" if abs(value) < 1 else f"{value:.1f}"


# ---------------------------------------------------------------- answers


def compute(calc, rows):
    do, f = calc["do"], calc.get("f", {})
    of = calc.get("of")
    show = calc.get("show", ["org"])
    sel = select(rows, f)

    def rowlabels(row):
        out = []
        for field in show:
            if field == "org":
                names = [label(o, "org") for o in row["org"]]
                out.append("|".join(names))
            else:
                out.append(label(row[field], field))
        return out

    if do == "set":
        got = values(sel, of)
        return finish(calc, rows, got, of)
    if do == "rows":
        if not sel:
            return none()
        out = []
        for row in sorted(sel, key=lambda r: r["minutes"]):
            out += rowlabels(row)
        return {"contains": uniq(out)}
    if do in ("minus", "and", "or"):
        a = values(select(rows, {**f, **calc["a"]}), of)
        b = values(select(rows, {**f, **calc["b"]}), of)
        got = a - b if do == "minus" else a & b if do == "and" else a | b
        if calc.get("count"):
            return {"contains": [str(len(got))]}
        return finish(calc, rows, got, of)
    if do == "all":
        # values of `of` that have all values of `over`
        every = values(select(rows, calc["over_f"]), calc["over"])
        got = {v for v in values(sel, of) if every <= values([r for r in sel if _has(r, of, v)], calc["over"])}
        return finish(calc, rows, got, of)
    if do == "only":
        # values of `of` whose rows within `f` all fit `g`
        got = set()
        for v in values(sel, of):
            mine = [r for r in sel if _has(r, of, v)]
            if all(r in select(mine, calc["g"]) for r in mine):
                got.add(v)
        return finish(calc, rows, got, of)
    if do == "count":
        return {"contains": [amount(sel, select(rows, f, False), of)]}
    if do == "atleast":
        got = {
            v
            for v in values(sel, of)
            if _cmp(
                len(
                    values([r for r in sel if _has(r, of, v)], calc["over"])
                    if calc.get("over")
                    else [r for r in sel if _has(r, of, v)]
                ),
                calc["test"],
            )
        }
        return finish(calc, rows, got, of)
    if do == "best":
        field, sign = calc.get("by", "minutes"), calc.get("dir", "min")
        have = [r for r in sel if r[field] is not None]
        have.sort(key=lambda r: r[field], reverse=sign == "max")
        top, skip = calc.get("top", 1), calc.get("skip", 0)
        edge = sorted({r[field] for r in have}, reverse=sign == "max")
        if calc.get("group"):  # best per value of a field, then ranked
            seen, kept = set(), []
            for r in have:
                key = tuple(r[calc["group"]]) if isinstance(r[calc["group"]], list) else r[calc["group"]]
                if key not in seen:
                    seen.add(key)
                    kept.append(r)
            have = kept
            picked = have[skip : skip + top]
        else:
            wanted = edge[skip : skip + top]
            picked = [r for r in have if r[field] in wanted]
        out = []
        if len(picked) > top and top == 1 and calc.get("tie", "any") == "any":
            opts = []
            for r in picked:
                if uniq(rowlabels(r)) not in opts:
                    opts.append(uniq(rowlabels(r)))
            return {"any": opts} if len(opts) > 1 else {"contains": opts[0]}
        for r in picked:
            out += rowlabels(r)
        res = {"contains": uniq(out)}
        if top > 1:
            res["ordered"] = True
        return res
    if do == "mode":
        counts = {}
        for v in values(sel, of):
            mine = [r for r in sel if _has(r, of, v)]
            counts[v] = len(values(mine, calc["over"])) if calc.get("over") else len(mine)
        ranked = sorted(counts, key=lambda v: (-counts[v], str(v)))
        if calc.get("dir") == "min":
            ranked.reverse()
        top = calc.get("top", 1)
        limit = counts[ranked[top - 1]]
        chosen = ranked[:top] + [v for v in ranked[top:] if counts[v] == limit]
        out = []
        if top == 1 and len(chosen) > 1:
            return {"any": [[label(v, of), str(counts[v])] for v in chosen]}
        for v in chosen:
            mine, filed = ([r for r in part if _has(r, of, v)] for part in (sel, select(rows, f, False)))
            out += [label(v, of), amount(mine, filed, calc.get("over"))]
        res = {"contains": uniq(out)}
        if top > 1:
            res["ordered"] = True
        return res
    if do == "stat":
        data = [r[calc.get("by", "minutes")] for r in sel]
        fn = {
            "mean": statistics.mean,
            "median": statistics.median,
            "sum": sum,
            "min": min,
            "max": max,
            "range": lambda d: max(d) - min(d),
        }[calc["fn"]]
        value = fn(data)  # type: ignore[operator]
        if calc.get("by", "minutes") != "minutes" and float(value).is_integer():
            return {"contains": [str(int(value))]}
        return {"contains": [number(value)]}
    if do in ("ratio", "diff"):
        field = calc.get("by", "minutes")
        agg = {"min": min, "max": max, "count": None, "mean": statistics.mean}[calc.get("agg", "min")]
        pair = []
        for side in ("a", "b"):
            part = select(rows, {**f, **calc[side]})
            pair.append(len(part) if agg is None else agg(r[field] for r in part))  # type: ignore[operator]
        a, b = pair
        both = [number(a), number(b)] if agg is not None and field == "minutes" else [str(a), str(b)]
        if do == "diff":
            d = abs(a - b)
            one = [number(d)] if isinstance(d, float) else [str(d)]
            return {"any": [one, both]}
        big, small = max(a, b), min(a, b)
        return {"any": ratios(big, small) + [both]}
    if do == "per":
        out = []
        for v in sorted(values(sel, calc["group"]), key=str):
            mine = [r for r in sel if _has(r, calc["group"], v)]
            fn = calc.get("fn", "count")
            if fn == "count":
                filed = [r for r in select(rows, f, False) if _has(r, calc["group"], v)]
                got = amount(mine, filed, of)
            elif fn == "min":
                got = number(min(r["minutes"] for r in mine))
            elif fn == "best":
                win = min(mine, key=lambda r: r["minutes"])
                got = "|".join(label(o, "org") for o in win["org"])
            elif fn == "mean":
                got = number(statistics.mean(r["minutes"] for r in mine))
            elif fn == "maxn":
                got = str(max(r["n"] for r in mine))
            out += [label(v, calc["group"]), got]
        return {"contains": uniq(out)}
    if do == "faster":
        agg = {"min": min, "max": max}[calc.get("agg", "min")]
        limit = agg(r["minutes"] for r in select(rows, {**f, **calc["ref"]}))
        sign = calc.get("sign", "<")
        got = [r for r in select(rows, {**f, **calc.get("a", {})}) if _cmp(r["minutes"], [sign, limit])]
        if calc.get("count"):
            return {"contains": [str(len(got))]}
        return finish(calc, rows, values(got, of), of)
    if do == "first":
        first = min(values(sel, "round"), key=order)
        got = ["v" + first[1:]]
        if of:
            got += [label(v, of) for v in sorted(values([r for r in sel if r["round"] == first], of))]
        return {"contains": got}
    if do == "last":
        return {"contains": ["v" + max(values(sel, "round"), key=order)[1:]]}
    if do == "yes":
        if not sel:
            return none()
        evid = []
        for row in sel[:1]:
            evid += rowlabels(row)
        return {"any": [["yes"], evid]}
    if do == "change":  # best of a field's group in two rounds
        a = min(r["minutes"] for r in select(rows, {**f, **calc["a"]}))
        b = min(r["minutes"] for r in select(rows, {**f, **calc["b"]}))
        return {"any": [[number(a), number(b)]] + ratios(max(a, b), min(a, b))}
    raise ValueError(do)


def amount(scored, filed, of):
    """The number of results, or of values; those filed without minutes (logs
    missing, throughput of HPC) may be counted or not."""
    a = len(values(scored, of)) if of else len(scored)
    b = len(values(filed, of)) if of else len(filed)
    return str(a) if a == b else f"{a}|{b}"


def ratios(big, small):
    """Ways to say how much one is above the other."""
    return [
        [f"{big / small:.2f}|{big / small:.1f}"],
        [f"{small / big:.2f}"],
        [f"{100 * (big - small) / big:.0f}%"],
        [f"{100 * (big - small) / small:.0f}%"],
    ]


def none():
    return {"any": [["no"], ["none"], ["nobody"], ["not"], ["0"]]}


def _has(row, of, value):
    return value in row[of] if isinstance(row[of], list) else row[of] == value


def uniq(items):
    out = []
    for item in items:
        if item and item not in out:
            out.append(item)
    return out


def finish(calc, rows, got, of):
    got = {v for v in got if v not in calc.get("ignore", [])}
    if not got:
        res = none()
    else:
        res = {"contains": sorted({label(v, of) for v in got}, key=lambda s: (s.lower(), s))}
    if calc.get("near") is not None:
        wrong = values(select(rows, calc["near"]), of) - got
        bad = set()
        taken = {n for v in got for n in label(v, of).split("|")}
        for v in wrong:
            bad |= {n for n in label(v, of).split("|") if n not in taken}
        chips = {n for n in bad if of == "org" and n in VENDORS}
        if bad - chips:
            res["excludes"] = sorted(bad - chips, key=lambda s: (s.lower(), s))
        if chips:
            res["excludes_org"] = sorted(chips, key=lambda s: (s.lower(), s))
    if calc.get("withcount"):
        res["contains"] = [str(len(got))] + res.get("contains", [])
    return res


# ---------------------------------------------------------------- matching


def _words(text):
    return " " + " ".join(re.findall(r"[a-z0-9]+", text.lower())) + " "


def _numbers(text):
    text = re.sub(r"(?<=\d),(?=\d{3}\b)", "", text)
    return [float(x) for x in re.findall(r"(?<![\w.])\d+(?:\.\d+)?", text)]


def found(item, text):
    for option in item.split("|"):
        if re.fullmatch(r"\d+(\.\d+)?", option):
            places = len(option.partition(".")[2])
            near = 0.55 * 10**-places if places else 0.0001  # counts: exact
            want = float(option)
            if any(abs(x - want) <= near for x in _numbers(text)):
                return True
        elif re.fullmatch(r"\d+%", option):
            if any(
                abs(float(x) - float(option[:-1])) <= 0.55
                for x in re.findall(r"(\d+(?:\.\d+)?)\s*(?:%|per ?cent)", text)
            ):
                return True
        elif _words(option) in _words(text):
            return True
    return False


def match(expect, answer, refused):
    """Is this answer, a text with its sentence and rows, the expected one?"""
    want = expect.get("refuse")
    if want is True:
        return refused
    if refused:
        return want == "ok"
    if not all(found(i, answer) for i in expect.get("contains", [])):
        return False
    if "any" in expect and not any(all(found(i, answer) for i in option) for option in expect["any"]):
        return False
    return not any(found(i, answer) for i in expect.get("excludes", []))


# ---------------------------------------------------------------- program

ROUNDS = {
    "T0.7",
    "T1.0",
    "T1.1",
    "T2.0",
    "T2.1",
    "T3.0",
    "T3.1",
    "T4.0",
    "T4.1",
    "T5.0",
    "T5.1",
    "H1.0",
    "H2.0",
    "H3.0",
}


def rounds_of(calc):
    """Rounds a calculation needs: those it names, or else all."""
    text = json.dumps(calc)
    named = set(re.findall(r'"([TH]\d\.\d)"', text))
    return ROUNDS if not named or '"last"' in text else named


def main():
    arg = argparse.ArgumentParser()
    arg.add_argument("--tables", default=TABLES)
    arg.add_argument("--write", action="store_true")
    arg.add_argument("--show", nargs="*")
    arg.add_argument("files", nargs="*")
    opt = arg.parse_args()
    rows = tables(opt.tables)
    here = values(rows, "round")
    print(f"{len(rows)} results of {len(here)} rounds", file=sys.stderr)
    files = opt.files or [p for p in (os.path.join(HERE, n) for n in FILES) if os.path.exists(p)]
    changed = bad = 0
    for path in files:
        lines = []
        for line in open(path, encoding="utf-8"):
            item = json.loads(line)
            calc = item.get("calc")
            if calc:
                if opt.show is not None and item["id"] in opt.show:
                    for row in select(rows, calc.get("f", {})):
                        print(
                            item["id"],
                            {
                                k: row[k]
                                for k in ("round", "org", "system", "n", "chip", "bench", "minutes", "div", "avail")
                            },
                        )
                if rounds_of(calc) <= here:
                    try:
                        new = compute(calc, rows)
                    except Exception as err:
                        print(item["id"], "fails:", repr(err))
                        bad += 1
                        lines.append(item)
                        continue
                    for key in ("refuse",):
                        if key in item.get("expect", {}):
                            new[key] = item["expect"][key]
                    if calc.get("also"):  # other fair readings
                        new["any"] = [new.pop("contains")] + calc["also"]
                    if new != item.get("expect"):
                        changed += 1
                        if not opt.write and opt.show is None:
                            print(item["id"], item["question"], "\n   is  ", item.get("expect"), "\n   now ", new)
                        item["expect"] = new
            lines.append(item)
        if opt.write:
            with open(path, "w", encoding="utf-8") as out:
                for item in lines:
                    out.write(json.dumps(item, ensure_ascii=False) + "\n")
    print(f"{changed} changed, {bad} failed", file=sys.stderr)


if __name__ == "__main__":
    main()
