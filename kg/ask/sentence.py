"""How a question was read, in words."""

from __future__ import annotations

from kg.ask.frame import Best, Frame

_SOURCES = {
    "record": "the official record",
    "statements": "statements",
    "claims": "claims beside the record",
    "vocabulary": "the vocabulary",
}


def sentence(frame: Frame) -> str:
    """How a question was read, in one sentence, with what was taken without being said."""
    said_ = [", ".join(frame.asked) or "results"]
    if frame.aggregate:
        said_ = [f"{frame.aggregate} of {frame.counted or 'results'}"]
    if frame.best:
        said_.append(_ranked(frame.best))
    said_ += [
        ", ".join(c.label for c in frame.part),
        frame.having.label if frame.having else "",
        f"with every {frame.all_of}" if frame.all_of else "",
        f"for each {', '.join(frame.group)}" if frame.group else "",
    ]
    said_ += [c.label for c in frame.conditions]
    if frame.sides:
        said_.append(
            " against ".join(
                ", ".join(c.label for c in (*own, side)) for side, own in zip(frame.sides, frame.shared, strict=True)
            )
        )
    said_ += [frame.change, f"verdict {frame.verdict}" if frame.verdict else ""]
    told_ = f"{_SOURCES[frame.source]}: {'; '.join(filter(None, said_))}"
    if frame.defaults:
        told_ += f" (taken: {'; '.join(frame.defaults)})"
    if frame.slips:
        told_ += "; reading " + ", ".join(f"“{wrong}” as {right}" for wrong, right in frame.slips)
    return told_ + "."


def _ranked(b: Best) -> str:
    place = f"number {b.rank} by " if b.rank > 1 else f"{b.count} by " if b.count > 1 else ""
    beyond = f" beyond the best with {', '.join(c.label for c in b.than)}" if b.than else ""
    return f"{place}{b.end} {b.measure}{beyond}"
