"""Devices: who works at a terminal sets it up; what is remembered holds wherever the name is used again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

from wms_tui.db import devices as db
from wms_tui.db.transaction import Tx
from wms_tui.domain.access import Actor, Permission
from wms_tui.domain.device_errors import DeviceChanged
from wms_tui.domain.devices import Device, check_name, checked, is_name, key_name, spelt
from wms_tui.services.backend import Backend
from wms_tui.services.setup import differing
from wms_tui.services.use_cases import use_case


def remembered(backend: Backend, terminal: str) -> Device | None:
    """What is remembered of a terminal, also before anybody has signed in; None without a name or of a new one."""
    if not is_name(terminal):
        return None
    device = backend.work(lambda tx: _device(tx, check_name(terminal)), writes=False)
    return device if device.version else None


def names(backend: Backend) -> tuple[str, ...]:
    """The names of all devices of which something is remembered."""
    return tuple(name for (name,) in backend.work(lambda tx: tx.all(db.NAMES), writes=False))


@use_case(Permission.OWN_ACCOUNT, writes=False)
def look_up(tx: Tx, actor: Actor, name: str) -> Device:
    """What is remembered of a device; of a new one nothing. Raises ``DeviceNameMissing``, ``BadDeviceName``."""
    return _device(tx, check_name(name))


@use_case(Permission.OWN_ACCOUNT)
def save(tx: Tx, actor: Actor, request: Device) -> Device:
    """Remember a device as whoever set it up had seen it by its ``version``; the device as it is kept.

    Raises ``DeviceChanged``, ``DeviceNameMissing``, ``BadDeviceName``, ``BadDelay``, ``EscAlone``, ``UnfitKey``,
    ``NotAChoice``.
    """
    before = _device(tx, check_name(request.name))
    after = replace(checked(request), version=before.version + 1)
    if before.version != request.version or not _put(tx, before, after):
        raise DeviceChanged(name=after.name)
    old, new = differing(_told(before), _told(after))
    if new:
        tx.note("set up terminal", after.name, old, new)
    return after


def _put(tx: Tx, before: Device, after: Device) -> bool:
    values = {
        "profile": after.profile,
        "keys": _written(after.keys),
        "escape_delay": after.escape_delay,
        "bell": after.bell,
        "version": after.version,
    }
    if not before.version:
        return bool(tx.run(db.ADD, name=after.name, **values))
    return bool(tx.run(db.CHANGE, device=after.name, seen=before.version, **values))


def _device(tx: Tx, name: str) -> Device:
    row = tx.one(db.FIND, name=name)
    if row is None:
        return Device(name)
    profile, keys, escape_delay, bell, version = row
    return Device(name, profile, _read(keys), escape_delay, bell, version)


def _written(keys: Mapping[str, str]) -> str:
    """What is sent is written in hexadecimal: no text in a database holds control characters everywhere."""
    return json.dumps({sent.encode("ascii").hex(): key for sent, key in keys.items()})


def _read(keys: str) -> dict[str, str]:
    """A map that cannot be read any more keeps nobody from his work: the device is as it was before it was taught."""
    try:
        return _spelt_out(keys)
    except (ValueError, AttributeError):
        return {}


def _spelt_out(keys: str) -> dict[str, str]:
    return {bytes.fromhex(sent).decode("ascii"): key for sent, key in json.loads(keys or "{}").items()}


def _told(device: Device) -> dict[str, object]:
    """What the audit tells."""
    keys = ", ".join(f"{key_name(key)} {spelt(sent)}" for sent, key in device.keys.items())
    return {"profile": device.profile, "keys": keys, "escape_delay": device.escape_delay, "bell": device.bell}
