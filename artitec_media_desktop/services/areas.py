"""The keys of a row's objects in the area that the row belongs to, public or private."""

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any, Final

from ..database.moves import Pairs
from ..domain.keys import private_key, public_key
from ..domain.media import Media
from ..storage import ObjectStore
from .locating import where

_ADDRESSES: Final = (
    "original_url",
    "thumbnail_url",
    "medium_url",
    "large_url",
    "video_processed_url",
)


def keys_of(media: Media, store: ObjectStore) -> tuple[str, ...]:
    """Every key in the store that a row names, whether an object is there or not."""
    found = where(media, store)
    spare = () if found.spare is None else (found.spare,)
    return tuple(dict.fromkeys((*found.all, *spare)))


def pairs_of(media: Media, private: bool, store: ObjectStore) -> Pairs:
    """The key now and the key to be of each object that lies in the other area."""
    area = private_key if private else public_key
    return tuple((key, area(key)) for key in keys_of(media, store) if area(key) != key)


def new_keys(media: Media, original: str, store: ObjectStore) -> dict[str, str]:
    """The public key to be of each object by its public key now, beside a new ``original``."""
    found, stem = where(media, store), original.rpartition(".")[0]
    keys = {} if found.original is None else {public_key(found.original): original}
    spare = {} if found.spare is None else {"spare": found.spare}
    for name, key in (found.variants | spare).items():
        extension = PurePosixPath(key).suffix
        keys.setdefault(public_key(key), f"{stem}_{name}{extension}")
    return keys


def placed(media: Media, private: bool, keys: Mapping[str, str], store: ObjectStore) -> Pairs:
    """As ``pairs_of``, of objects that get other keys too: public ones, by the public ones now."""
    area = private_key if private else public_key
    wanted = {key: area(keys.get(public_key(key), key)) for key in keys_of(media, store)}
    return tuple((key, target) for key, target in wanted.items() if target != key)


def moved(media: Media, pairs: Pairs, store: ObjectStore) -> dict[str, Any]:
    """The columns that name an object which has a new key, with what they hold then.

    An address may come out in another shape than the platform wrote it in: the store's own.
    """
    targets = dict(pairs)
    columns: dict[str, Any] = {}
    kept = store.key_of(media.storage_path)
    if kept is not None and kept in targets:
        columns["storage_path"] = targets[kept]
    for name in _ADDRESSES:
        address = _moved_address(getattr(media, name), targets, store)
        if address is not None:
            columns[name] = address
    metadata = _moved_metadata(media.metadata, targets, store)
    return columns if metadata == media.metadata else columns | {"metadata": metadata}


def _moved_address(address: Any, targets: Mapping[str, str], store: ObjectStore) -> str | None:
    key = store.key_of(address) if isinstance(address, str) else None
    return store.public_url(targets[key]) if key is not None and key in targets else None


def _moved_metadata(
    metadata: dict[str, Any], targets: Mapping[str, str], store: ObjectStore
) -> dict[str, Any]:
    result = dict(metadata)
    address = _moved_address(metadata.get("small_url"), targets, store)
    if address is not None:
        result["small_url"] = address
    variants = metadata.get("variants")
    if isinstance(variants, dict):
        result["variants"] = {
            name: facts | {"key": targets[str(facts["key"])]}
            if isinstance(facts, dict) and facts.get("key") in targets
            else facts
            for name, facts in variants.items()
        }
    return result
