"""What is remembered of devices: by name, for everybody, and who changed it is told."""

from contextlib import closing

import pytest

from tests.support.threads import all_at_once
from wms_tui.domain.audit import AuditQuery
from wms_tui.domain.device_errors import BadDelay, BadDeviceName, DeviceChanged, DeviceNameMissing, UnfitKey
from wms_tui.domain.devices import Device
from wms_tui.services import audit, devices
from wms_tui.services.backend import Backend
from wms_tui.services.backup import backup, restore

KEYS = {"\x1b[99~": "f8", "\x07": "f5", "\x1bX1": "escape"}
HANDHELD = Device("rf-07", "vt220", KEYS, 50, "refused")


def test_what_was_set_up_is_found_by_whoever_comes_next(backend, keeper, finance):
    kept = backend.run(devices.save, keeper, HANDHELD)
    assert kept == Device("RF-07", "vt220", KEYS, 50, "refused", version=1)
    assert backend.run(devices.look_up, finance, "Rf-07") == kept
    assert devices.remembered(backend, "rf-07") == kept
    assert devices.names(backend) == ("RF-07",)


def test_of_a_new_device_nothing_is_remembered(backend, keeper):
    assert backend.run(devices.look_up, keeper, "dock 3") == Device("DOCK 3")
    assert devices.remembered(backend, "dock 3") is None


@pytest.mark.parametrize("terminal", ["ssh:10.0.0.7", "/dev/pts/3", "script", ""])
def test_no_address_and_no_line_is_remembered(backend, keeper, terminal):
    with pytest.raises((BadDeviceName, DeviceNameMissing)):
        backend.run(devices.save, keeper, Device(terminal))
    assert devices.remembered(backend, terminal) is None


def test_of_two_who_set_up_one_device_the_second_is_told(backend, keeper, other_keeper):
    first = backend.run(devices.save, keeper, HANDHELD)
    backend.run(devices.save, other_keeper, Device("RF-07", "vt100", version=first.version))
    for seen in (0, first.version):
        with pytest.raises(DeviceChanged) as refused:
            backend.run(devices.save, keeper, Device("RF-07", "modern", version=seen))
        assert refused.value.text().startswith("Somebody else has changed the terminal RF-07")
    assert devices.remembered(backend, "RF-07").profile == "vt100"


def test_of_two_who_name_a_device_at_once_one_is_taken(backend, keeper, other_keeper):
    def name(actor):
        try:
            return backend.run(devices.save, actor, Device("RF-07", "vt220")).version
        except DeviceChanged:
            return 0

    assert sorted(all_at_once([lambda: name(keeper), lambda: name(other_keeper)])) == [0, 1]


@pytest.mark.parametrize(
    ("device", "error"), [(Device("RF-07", escape_delay=5), BadDelay), (Device("RF-07", keys={"\x1d": "f1"}), UnfitKey)]
)
def test_what_cannot_be_is_refused_and_nothing_is_written(backend, keeper, device, error):
    with pytest.raises(error):
        backend.run(devices.save, keeper, device)
    assert devices.names(backend) == ()


def test_the_audit_tells_what_was_changed(backend, admin, keeper):
    first = backend.run(devices.save, keeper, HANDHELD)
    backend.run(devices.save, keeper, first)
    rows = backend.run(audit.page, admin, AuditQuery(action="set up terminal")).rows
    assert [(row.user, row.subject) for row in rows] == [("ken", "RF-07")]
    assert rows[0].after == {
        "profile": "vt220",
        "keys": "F8 ESC [99~, F5 0x07, Esc ESC X1",
        "escape_delay": "50",
        "bell": "refused",
    }


def test_a_backup_carries_devices_to_either_engine(backend, keeper, url, tmp_path, sqlite_files, postgres_databases):
    kept = backend.run(devices.save, keeper, HANDHELD)
    file = str(tmp_path / "monday.wms")
    backup(url, file)
    for databases in (sqlite_files, postgres_databases):
        with databases.empty() as elsewhere:
            restore(elsewhere, file)
            with closing(Backend.open(elsewhere)) as there:
                assert devices.remembered(there, "RF-07") == kept
