"""Locations, units, reasons, partners and settings are kept by those who may, guarded while they are in use."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.services.test_roles import refused
from tests.support.counting import begin
from tests.support.ledger import ADJUSTMENT, line, picture, post, receive, stock
from wms_tui.domain import setup as rules
from wms_tui.domain.enquiry import Today
from wms_tui.domain.entry import Answer, OpenDraft, Step
from wms_tui.domain.errors import BadCharacters, BadText, ClosedLocation, NotAllowed, UnknownReason
from wms_tui.domain.file_errors import CodeTaken, KindFixed, ParentLoop, ParentMissing, WrongParent
from wms_tui.domain.locations import LocationKind
from wms_tui.domain.movements import Direction, DocumentKind
from wms_tui.domain.setup import (
    ChangeLocation,
    ChangePartner,
    ChangeReason,
    ChangeSettings,
    ChangeUnit,
    NewLocation,
    PartnerKind,
    PartnerRow,
    SiteSettings,
    UnitRow,
)
from wms_tui.services import entry, home, locations, partners, reasons, setup, units
from wms_tui.services.history import detail

pytestmark = pytest.mark.usefixtures("catalog")
BIN, ZONE, AISLE, WAREHOUSE = LocationKind.BIN, LocationKind.ZONE, LocationKind.AISLE, LocationKind.WAREHOUSE


def place(backend, admin, code):
    return next(row for row in backend.run(locations.tree, admin, None) if row.code == code)


def changed(row, **changes):
    after = {"code": row.code, "name": row.name, "kind": row.kind, "parent": row.parent, **changes}
    return ChangeLocation(row, **after)


class TestLocations:
    @pytest.fixture(autouse=True)
    def hall(self, backend, admin):
        """HALL under MAIN, with the bins H1 and H2."""
        backend.run(locations.add, admin, NewLocation("HALL", "Hall", ZONE, "MAIN"))
        for code in ("H1", "H2"):
            backend.run(locations.add, admin, NewLocation(code, "", BIN, "HALL"))

    def test_the_tree_stands_in_order(self, backend, admin, keeper):
        receive(backend, keeper, "BOLT", 1, target="H1")
        receive(backend, keeper, "NUT", 1, target="H1")
        found = [(row.code, row.depth, row.products) for row in backend.run(locations.tree, admin, None)]
        start = found.index(("MAIN", 0, 0))
        assert found[start : start + 4] == [("MAIN", 0, 0), ("HALL", 1, 0), ("H1", 2, 2), ("H2", 2, 0)]

    @pytest.mark.parametrize(
        ("request_", "error"),
        [
            (NewLocation("H1", "", BIN, "HALL"), rules.CodeInUse),
            (NewLocation("h1", "", BIN, "HALL"), rules.CodeInUse),
            (NewLocation("BOLT", "", BIN, "HALL"), CodeTaken),
            (NewLocation("4006381333931", "", BIN, "HALL"), CodeTaken),
            (NewLocation(" ", "", BIN, "HALL"), rules.CodeMissing),
            (NewLocation("H3", "", BIN, "NOWHERE"), ParentMissing),
            (NewLocation("H3", "", BIN, "H1"), WrongParent),
            (NewLocation("H3", "", ZONE, "SUPPLIER"), WrongParent),
            (NewLocation("H3", "x" * 201, BIN, "HALL"), BadText),
            (NewLocation("H\x1b3", "", BIN, "HALL"), BadCharacters),
        ],
    )
    def test_what_cannot_stand_there_is_refused(self, backend, admin, request_, error):
        refused(backend, error, locations.add, admin, request_)

    def test_a_location_is_renamed_and_gets_another_label(self, backend, admin, keeper):
        receive(backend, keeper, "BOLT", 3, target="H1")
        backend.run(locations.change, admin, changed(place(backend, admin, "H1"), code="H-01", name="By the door"))
        assert stock(backend) == {("BOLT", "H-01"): 3}

    def test_what_holds_stock_is_neither_moved_nor_closed(self, backend, admin, keeper):
        receive(backend, keeper, "BOLT", 3, target="H1")
        row = place(backend, admin, "H1")
        refused(backend, rules.LocationHoldsStock, locations.change, admin, changed(row, parent="MAIN"))
        refused(backend, rules.LocationHoldsStock, locations.close, admin, row)
        refused(backend, rules.LocationHoldsStock, locations.close, admin, place(backend, admin, "HALL"))

    def test_an_empty_one_is_moved_and_closed(self, backend, admin, keeper):
        backend.run(locations.change, admin, changed(place(backend, admin, "H1"), parent="MAIN"))
        assert place(backend, admin, "H1").depth == 1
        assert backend.run(locations.close, admin, place(backend, admin, "HALL")) == 2
        with pytest.raises(ClosedLocation):
            receive(backend, keeper, "BOLT", 1, target="H2")
        assert backend.run(locations.close, admin, place(backend, admin, "HALL")) == 2
        receive(backend, keeper, "BOLT", 1, target="H2")

    def test_what_is_being_counted_is_not_closed(self, backend, admin, keeper):
        begin(backend, keeper, "H1")
        refused(backend, rules.LocationBeingCounted, locations.close, admin, place(backend, admin, "HALL"))

    def test_no_location_stands_under_itself(self, backend, admin):
        backend.run(locations.add, admin, NewLocation("PART", "", ZONE, "HALL"))
        refused(backend, ParentLoop, locations.change, admin, changed(place(backend, admin, "HALL"), parent="PART"))

    def test_what_stands_below_must_still_fit(self, backend, admin):
        refused(backend, WrongParent, locations.change, admin, changed(place(backend, admin, "HALL"), kind=BIN))

    def test_a_kind_that_was_used_stays(self, backend, admin, keeper):
        receive(backend, keeper, "BOLT", 3, target="H1")
        post(backend, keeper, DocumentKind.ISSUE, line("BOLT", 3, source="H1"))
        refused(backend, KindFixed, locations.change, admin, changed(place(backend, admin, "H1"), kind=AISLE))

    def test_the_world_outside_is_only_renamed(self, backend, admin):
        row = place(backend, admin, "SUPPLIER")
        refused(backend, rules.LocationFixed, locations.change, admin, changed(row, code="X"))
        refused(backend, rules.LocationFixed, locations.close, admin, row)
        backend.run(locations.change, admin, changed(row, name="All suppliers"))
        assert place(backend, admin, "SUPPLIER").name == "All suppliers"

    def test_two_editors_do_not_overwrite_each_other(self, backend, admin):
        seen = place(backend, admin, "H1")
        backend.run(locations.change, admin, changed(seen, name="Mine"))
        refused(backend, rules.ChangedMeanwhile, locations.change, admin, changed(seen, name="Theirs"))
        refused(backend, rules.ChangedMeanwhile, locations.close, admin, seen)

    def test_every_change_is_in_the_audit(self, backend, admin):
        backend.run(locations.change, admin, changed(place(backend, admin, "H1"), name="Door", parent="MAIN"))
        event = max(picture(backend)["audit_event"], key=lambda row: row.id)
        assert (event.action, event.subject) == ("change location", "H1")
        assert event.before == '{"name": "", "parent": "HALL"}'
        assert event.after == '{"name": "Door", "parent": "MAIN"}'

    def test_nothing_is_put_under_what_is_closed(self, backend, admin):
        backend.run(locations.add, admin, NewLocation("SPARE", "", ZONE, "MAIN"))
        backend.run(locations.close, admin, place(backend, admin, "SPARE"))
        refused(backend, ClosedLocation, locations.add, admin, NewLocation("S1", "", BIN, "SPARE"))
        refused(backend, ClosedLocation, locations.change, admin, changed(place(backend, admin, "H2"), parent="SPARE"))

    def test_closing_is_in_the_audit_from_open_to_closed(self, backend, admin):
        backend.run(locations.close, admin, place(backend, admin, "H2"))
        event = max(picture(backend)["audit_event"], key=lambda row: row.id)
        assert (event.action, event.before, event.after) == (
            "close location",
            '{"closed": false}',
            '{"closed": true}',
        )


class TestUnits:
    def test_what_a_removed_unit_was_called_stays_in_the_audit(self, backend, admin):
        backend.run(units.add, admin, UnitRow("pallet", "Pallet"))
        backend.run(units.remove, admin, "pallet")
        event = max(picture(backend)["audit_event"], key=lambda row: row.id)
        assert (event.action, event.subject, event.before) == ("remove unit", "pallet", '{"name": "Pallet"}')

    def test_a_unit_is_made_renamed_and_removed(self, backend, admin):
        backend.run(units.add, admin, UnitRow("pallet", "Pallet"))
        backend.run(units.change, admin, ChangeUnit(UnitRow("pallet", "Pallet"), "Euro pallet"))
        refused(backend, rules.ChangedMeanwhile, units.change, admin, ChangeUnit(UnitRow("pallet", "Pallet"), "X"))
        backend.run(units.remove, admin, "pallet")
        assert "pallet" not in {unit.code for unit in backend.run(units.list_units, admin, None)}

    @pytest.mark.parametrize("unit", ["pcs", "carton", "kg"])
    def test_what_is_counted_in_stays(self, backend, admin, unit):
        refused(backend, rules.UnitInUse, units.remove, admin, unit)

    def test_a_code_stands_for_one(self, backend, admin):
        refused(backend, rules.CodeInUse, units.add, admin, UnitRow("kg", ""))
        refused(backend, rules.CodeMissing, units.add, admin, UnitRow("  ", ""))
        refused(backend, BadText, units.add, admin, UnitRow("x" * 21, ""))


class TestReasons:
    def test_a_reason_is_used_no_more(self, backend, admin, keeper):
        found = {row.code: row for row in backend.run(reasons.all_reasons, admin, None)}
        backend.run(reasons.change_reason, admin, ChangeReason(found["FOUND"], "Turned up", False))
        assert "FOUND" not in {reason.code for reason in backend.run(reasons.list_reasons, keeper, None)}
        with pytest.raises(UnknownReason):
            post(backend, keeper, ADJUSTMENT, line("BOLT", 1, target="A1", reason="FOUND"))
        again = replace(found["FOUND"], name="Turned up", active=False)
        backend.run(reasons.change_reason, admin, ChangeReason(again, "Turned up", True))
        post(backend, keeper, ADJUSTMENT, line("BOLT", 1, target="A1", reason="FOUND"))

    def test_what_was_not_seen_is_not_changed(self, backend, admin):
        seen = rules.ReasonRow("FOUND", "Something else", Direction.IN)
        refused(backend, rules.ChangedMeanwhile, reasons.change_reason, admin, ChangeReason(seen, "X", True))


class TestPartners:
    ACME = PartnerRow("ACME", "Acme Tools Ltd", PartnerKind.SUPPLIER)

    def test_a_partners_code_stands_for_the_name_in_movement_entry(self, backend, admin, keeper):
        backend.run(partners.add, admin, self.ACME)
        draft = backend.run(entry.open_draft, keeper, OpenDraft(DocumentKind.RECEIPT))

        def answer(text):
            return backend.run(entry.answer, keeper, Answer(DocumentKind.RECEIPT, draft.draft_id, text)).view

        answer("A1")
        answer("BOLT")
        seen = backend.run(entry.open_draft, keeper, OpenDraft(DocumentKind.RECEIPT))
        backend.run(entry.go, keeper, entry.Go(DocumentKind.RECEIPT, seen.draft_id, Step.PARTNER))
        assert answer("acme").partner == "Acme Tools Ltd"
        posted = backend.run(entry.post, keeper, entry.DraftRef(DocumentKind.RECEIPT, draft.draft_id))
        assert backend.run(detail, keeper, posted.number).partner == "Acme Tools Ltd"

    def test_the_audit_tells_what_changed_of_a_partner_and_nothing_else(self, backend, admin):
        backend.run(partners.add, admin, self.ACME)
        backend.run(partners.change, admin, ChangePartner(self.ACME, self.ACME.name, PartnerKind.BOTH, True))
        event = max(picture(backend)["audit_event"], key=lambda row: row.id)
        assert (event.before, event.after) == ('{"kind": "supplier"}', '{"kind": "both"}')

    def test_a_partner_that_is_not_used_any_more_is_a_text(self, backend, admin):
        backend.run(partners.add, admin, self.ACME)
        backend.run(partners.change, admin, ChangePartner(self.ACME, "Acme", PartnerKind.BOTH, False))
        refused(
            backend,
            rules.ChangedMeanwhile,
            partners.change,
            admin,
            ChangePartner(self.ACME, "X", PartnerKind.BOTH, True),
        )
        refused(backend, rules.CodeInUse, partners.add, admin, self.ACME)
        refused(backend, rules.NameMissing, partners.add, admin, PartnerRow("B", " ", PartnerKind.BOTH))


class TestSettings:
    def test_they_are_kept_and_told_before_anybody_signs_in(self, backend, admin):
        after = backend.run(setup.change, admin, ChangeSettings(SiteSettings(), SiteSettings("North", "eur", 7)))
        assert after == setup.site(backend) == SiteSettings("North", "EUR", 7)
        theirs = ChangeSettings(SiteSettings(), SiteSettings("South"))
        refused(backend, rules.SettingsChanged, setup.change, admin, theirs, "changed the settings")

    @pytest.mark.parametrize(
        ("after", "error"),
        [
            (SiteSettings(currency="EURO"), rules.BadCurrency),
            (SiteSettings(currency="QQQ"), rules.BadCurrency),
            (SiteSettings(expiry_days=-1), rules.BadDays),
            (SiteSettings(expiry_days=4000), rules.BadDays),
            (SiteSettings(name="x\x1b"), BadCharacters),
        ],
    )
    def test_what_cannot_be_is_refused(self, backend, admin, after, error):
        refused(backend, error, setup.change, admin, ChangeSettings(SiteSettings(), after))

    def test_lots_are_warned_of_as_early_as_the_site_wants(self, backend, admin, keeper, clock):
        receive(backend, keeper, "MILK", 1, lot="M1")
        today = Today(clock(), clock().date())
        assert backend.run(home.figures, keeper, today).expiring_lots == 0
        backend.run(setup.change, admin, ChangeSettings(SiteSettings(), SiteSettings(expiry_days=365)))
        assert backend.run(home.figures, keeper, today).expiring_lots == 1


def test_keepers_set_nothing_up(backend, keeper):
    for case, request in (
        (locations.add, NewLocation("N", "", BIN)),
        (units.add, UnitRow("n", "")),
        (partners.add, TestPartners.ACME),
        (setup.change, ChangeSettings(SiteSettings(), SiteSettings("x"))),
    ):
        refused(backend, NotAllowed, case, keeper, request)
