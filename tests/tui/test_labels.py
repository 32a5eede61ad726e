"""Labels and printers through the keyboard, asserting what came out of the printer and what the database holds."""

from __future__ import annotations

import pypdfium2
import pytest
import zxingcpp

from tests.support import zpl as reader
from tests.support.printers import FakePrinter, closed_port
from tests.support.warehouse import signed_in
from tests.tui.conftest import AtWork
from tests.tui.test_people import DOWN, ESC, F2, F4, F6, F9, F10, SIZES
from wms_tui.domain.printing import JobQuery, JobState, Printer, PrinterKind
from wms_tui.services import label_printers, label_queue

F5, F8 = b"\x1b[15~", b"\x1b[19~"


@pytest.fixture
def boss(shop):
    return signed_in(shop, "ada")


@pytest.fixture
def printer():
    one = FakePrinter()
    yield one
    one.close()


@pytest.fixture
def zebra(shop, boss, printer):
    shop.run(label_printers.add, boss, Printer("Zebra", host=printer.host, port=printer.port))
    return printer


def jobs(shop, boss):
    return shop.run(label_queue.queue, boss, JobQuery()).rows


def data(printer):
    return [label.fields[-1].data for job in printer.jobs for label in reader.read(job)]


@SIZES
async def test_a_product_is_printed_with_two_keys(at_work: AtWork, zebra, size):
    async with at_work("ken", size) as it:
        await it.type(b"7BOLT\r" + F5 + F10)
        assert "job 1" in " ".join(it.screen().split())
        await it.until(lambda: zebra.jobs)
    assert data(zebra) == ["400638133393"]


async def test_copies_symbol_and_size_are_chosen(at_work: AtWork, zebra):
    async with at_work("ken") as it:
        await it.type(b"7BOLT\r" + F5 + b"\r5\r100x50\rData" + F10)
        await it.until(lambda: zebra.jobs)
    [label] = reader.read(zebra.jobs[0])
    assert label.parameters("^PQ")[0] == "5" and label.parameters("^PW") == ["799"]
    assert label.fields[-1].parameters("^BX")


async def test_what_cannot_be_is_told_and_the_form_stays(at_work: AtWork, zebra, shop, boss):
    async with at_work("ken") as it:
        await it.type(b"7BOLT\r" + F5 + b"\rmany" + F10)
        assert "not a number of copies" in it.screen()
        await it.type(b"\x15" + b"1\ra4-3x8" + F10)
        assert "prints labels one by one" in " ".join(it.screen().split())
        assert it.app.page.current.name == "size"
    assert jobs(shop, boss) == ()


async def test_a_lot_is_printed_from_the_stock_enquiry(at_work: AtWork, zebra):
    async with at_work("ken") as it:
        await it.type(b"5" + F10)
        assert "arrow keys first" in it.screen()
        await it.type(b"MILK\r" + DOWN + F10 + F10)
        await it.until(lambda: zebra.jobs)
        await it.type(b"NUT\r" + DOWN + F10 + F10)
        await it.until(lambda: len(zebra.jobs) > 1)
    assert data(zebra) == [">:M1", ">:NUT"]


async def test_documents_are_printed_from_history_document_and_movement_entry(at_work: AtWork, zebra):
    async with at_work("ken") as it:
        await it.type(b"6PO-2\r" + DOWN + F10 + F10 + b"\r" + F10 + F10 + ESC + ESC + b"1" + F10 + F10)
        await it.until(lambda: len(zebra.jobs) == 3)
    first, again, last = data(zebra)
    assert first == again and first != last


async def test_a_location_is_printed_with_all_below_it(at_work: AtWork, zebra):
    async with at_work("ada") as it:
        await it.type(b"03A1" + DOWN + F10 + b"\x1b[A" + b"y" + F10)
        await it.until(lambda: zebra.jobs)
    assert data(zebra) == [">:A1"]


async def test_without_a_printer_a_file_is_written_and_named(at_work: AtWork, tmp_path, monkeypatch):
    monkeypatch.setenv("WMS_HOME", str(tmp_path))
    async with at_work("ken") as it:
        await it.type(b"7BOLT\r" + F5 + F10)
        [file] = (tmp_path / "labels").iterdir()
        assert file.name[:10] in "".join(it.screen().split())
    [page] = pypdfium2.PdfDocument(file.read_bytes())
    [found] = zxingcpp.read_barcodes(page.render(scale=4).to_pil())
    assert found.text == "4006381333931"


async def test_who_may_not_print_has_no_key_for_it(at_work: AtWork, zebra):
    async with at_work("fay") as it:
        for keys in (b"7BOLT\r" + F5, ESC + ESC + b"5BOLT\r" + DOWN + F10):
            await it.type(keys)
            assert "Copies" not in it.screen()


@SIZES
async def test_a_printer_is_set_up_changed_and_switched_off(at_work: AtWork, shop, boss, size):
    async with at_work("ada", size) as it:
        await it.type(b"09" + F2 + b"Zebra\rlabel\r10.0.0.9\r\r300\r\r60x40" + F10)
        [made] = shop.run(label_printers.printers, boss, None)
        assert (made.name, made.host, made.port, made.dpi, made.size) == ("Zebra", "10.0.0.9", 9100, 300, "60x40")
        await it.type(b"Zebra" + DOWN + b"\r" + b"\r10.0.0.8" + F10)
        [made] = shop.run(label_printers.printers, boss, None)
        assert made.host == "10.0.0.8"
        await it.type(F9)
        [made] = shop.run(label_printers.printers, boss, None)
        assert not made.active
        assert "switched off" in " ".join(it.screen().split())


async def test_a_printer_without_an_address_keeps_the_form(at_work: AtWork, shop, boss):
    async with at_work("ada") as it:
        await it.type(b"09" + F2 + b"Zebra" + F10)
        assert it.app.page.current.name == "host" and "address is missing" in it.screen()
        await it.type(b"\x1b[A" + b"pdf" + F10)
        assert it.app.page.current.name == "folder"
        await it.type(b"/srv/labels" + F10)
        [made] = shop.run(label_printers.printers, boss, None)
        assert (made.kind, made.folder) == (PrinterKind.PDF, "/srv/labels")


@SIZES
async def test_the_queue_tells_why_and_prints_again(at_work: AtWork, shop, boss, size):
    shop.run(label_printers.add, boss, Printer("Off", host="127.0.0.1", port=closed_port()))
    async with at_work("ada", size) as it:
        await it.type(b"7BOLT\r" + F5 + F10)
        await it.until(lambda: jobs(shop, boss)[0].tries)
        await it.type(ESC + ESC + b"09" + F6 + DOWN + b"\r")
        assert "takes no connection" in " ".join(it.screen().split())
        await it.type(F4 + F4)
        [job] = jobs(shop, boss)
        assert job.state is JobState.CANCELLED
        await it.type(F6 + DOWN + F9)
        assert jobs(shop, boss)[0].state is JobState.CANCELLED, "it asks first"
        await it.type(F9)
        assert jobs(shop, boss)[0].state in {JobState.WAITING, JobState.SENDING}


async def test_a_slow_printer_holds_nobody_up(at_work: AtWork, shop, boss):
    slow = FakePrinter("slow")
    shop.run(label_printers.add, boss, Printer("Slow", host=slow.host, port=slow.port))
    async with at_work("ken") as it:
        await it.type(b"5MILK\r" + DOWN + F10 + F10 + b"NUT\r")
        assert "NUT" in it.screen()
        await it.until(lambda: slow.jobs)
    slow.close()
