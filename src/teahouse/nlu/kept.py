"""Which parts of a container hold which numbers of a model.

Rule: what one function here writes, the one below it reads, under the same names. Strings are JSON, numbers are arrays.
Callers: `understanding.py`.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from teahouse.nlu.container import BadModel, Contents
from teahouse.nlu.features import Vocabulary
from teahouse.nlu.intents import KEPT_SHARES, Head, IntentModel, Signals, Taught
from teahouse.nlu.slots import Chain, SlotModel, WordClusters
from teahouse.nlu.tag_features import Phrases

Arrays = dict[str, NDArray[Any]]


def intents_parts(model: IntentModel | None) -> Contents:
    if model is None:
        return Contents({}, {})
    taught = model.taught
    arrays: Arrays = {
        "intents.idf": model.vocabulary.idf,
        "intents.start": taught.start,
        "intents.line": taught.line,
        "intents.value": taught.value,
    }
    heads = {"sparse": model.sparse} | ({"full": model.full} if model.full else {})
    told: dict[str, Any] = {
        "labels": model.labels,
        "grams": list(model.vocabulary.index),
        "encoders": model.encoder_names,
        "lines": taught.count,
        "report": dict(model.report),
        "heads": {name: _head_told(head) for name, head in heads.items()},
    }
    for name, head in heads.items():
        arrays |= _head_arrays(f"intents.{name}", head)
    if taught.dense is not None and model.center is not None:
        arrays |= {"intents.dense": taught.dense, "intents.center": model.center}
    return Contents({"intents": told}, arrays)


def intents_from(contents: Contents) -> IntentModel | None:
    told = contents.about.get("intents")
    if told is None:
        return None
    arrays = contents.arrays
    vocabulary = Vocabulary({gram: i for i, gram in enumerate(told["grams"])}, arrays["intents.idf"])
    count = told["lines"]
    start, line = arrays["intents.start"], arrays["intents.line"]
    _check_lists(start, line, arrays["intents.value"], len(vocabulary.index))
    if len(line) and not 0 <= int(line.min()) <= int(line.max()) < count:
        raise BadModel("a line of the model is out of range")
    taught = Taught(start, line, arrays["intents.value"], count, arrays.get("intents.dense"))
    heads = {name: _head_from(f"intents.{name}", head, arrays) for name, head in told["heads"].items()}
    _check_heads(heads, len(vocabulary.index), len(told["labels"]))
    return IntentModel(
        tuple(told["labels"]),
        vocabulary,
        taught,
        heads["sparse"],
        heads.get("full"),
        tuple(told["encoders"]),
        arrays.get("intents.center"),
        told["report"],
    )


def _head_told(head: Head) -> dict[str, Any]:
    return {
        "temperature": head.temperature,
        "thresholds": dict(head.thresholds),
        "signals": head.signals.names,
    }


def _head_arrays(name: str, head: Head) -> Arrays:
    arrays: Arrays = {
        f"{name}.words": head.words.astype(np.float16),  # half the size; the decision does not feel it
        f"{name}.bias": head.bias.astype(np.float32),
        f"{name}.mean": head.signals.mean,
        f"{name}.spread": head.signals.spread,
    }
    return arrays if head.meaning is None else arrays | {f"{name}.meaning": head.meaning}


def _head_from(name: str, told: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> Head:
    signals = Signals(tuple(told["signals"]), arrays[f"{name}.mean"], arrays[f"{name}.spread"])
    thresholds = {share: float(told["thresholds"][share]) for share in KEPT_SHARES}
    words = arrays[f"{name}.words"].astype(np.float32)
    return Head(
        words,
        arrays[f"{name}.bias"],
        float(told["temperature"]),
        signals,
        thresholds,
        arrays.get(f"{name}.meaning"),
    )


def _check_heads(heads: Mapping[str, Head], grams: int, labels: int) -> None:
    for head in heads.values():
        if head.words.shape != (grams, labels) or head.bias.shape != (labels,) or head.temperature <= 0:
            raise BadModel("the numbers of the model do not fit its intents")


def slots_parts(model: SlotModel | None) -> Contents:
    if model is None:
        return Contents({}, {})
    chain, clusters = model.chain, model.clusters
    arrays: Arrays = {
        "slots.start": chain.start,
        "slots.tag": chain.tag,
        "slots.weight": chain.weight,
        "slots.after": chain.after,
    }
    told: dict[str, Any] = {
        "tags": chain.tags,
        "features": list(chain.features),
        "phrases": None if model.phrases is None else dict(model.phrases.kinds),
        "by intent": model.by_intent,
    }
    if clusters is not None:
        arrays["slots.center"] = clusters.center
        arrays |= {f"slots.middles{i}": level for i, level in enumerate(clusters.middles)}
        told["clusters"] = {
            "encoder": clusters.encoder,
            "levels": len(clusters.middles),
            "words": {word: list(found) for word, found in clusters.known.items()},
        }
    return Contents({"slots": told}, arrays)


def slots_from(contents: Contents) -> SlotModel | None:
    told = contents.about.get("slots")
    if told is None:
        return None
    arrays = contents.arrays
    features = {feature: i for i, feature in enumerate(told["features"])}
    tags, tag = tuple(told["tags"]), arrays["slots.tag"]
    _check_lists(arrays["slots.start"], tag, arrays["slots.weight"], len(features))
    if arrays["slots.after"].shape != (len(tags), len(tags)) or (
        len(tag) and not 0 <= tag.min() <= tag.max() < len(tags)
    ):
        raise BadModel("a tag of the model is out of range")
    chain = Chain(tags, features, arrays["slots.start"], tag, arrays["slots.weight"], arrays["slots.after"])
    phrases = None if told["phrases"] is None else Phrases(told["phrases"])
    return SlotModel(chain, phrases, _clusters_from(told.get("clusters"), arrays), bool(told["by intent"]))


def _clusters_from(told: Mapping[str, Any] | None, arrays: Mapping[str, NDArray[Any]]) -> WordClusters | None:
    if told is None:
        return None
    middles = tuple(arrays[f"slots.middles{i}"] for i in range(told["levels"]))
    known = {word: tuple(found) for word, found in told["words"].items()}
    return WordClusters(known, arrays["slots.center"], middles, told["encoder"])


def _check_lists(start: NDArray[Any], inside: NDArray[Any], values: NDArray[Any], count: int) -> None:
    """`count` lists, one after the other: their beginnings rise and stay within what there is."""
    fits = len(start) == count + 1 and start[0] == 0 and start[-1] == len(inside) == len(values)
    if not fits or (np.diff(start) < 0).any():
        raise BadModel("the lists of the model do not fit each other")
