"""The steps of movement entry, of counting and of an enquiry, one after the other: each goes on from the one before."""

from __future__ import annotations

from functools import partial

from wms_tui.tui.scene import ADMIN, PICKER, Scene

_step = partial(Scene, small=True, pictured=False)

STEPS: tuple[Scene, ...] = (
    _step("step-place", "Receipt: the location is asked for", PICKER, "1"),
    _step("step-item", "The item", PICKER, "1DOCK-01{enter}"),
    _step("step-lot", "The lot", PICKER, "1CHS-SLC-01{enter}"),
    _step("step-expiry", "The expiry date", PICKER, "1L-77{enter}"),
    _step("step-refused", "A lot that somebody else may take", PICKER, "12026-01-31{enter}"),
    _step("step-taken", "A lot is received", PICKER, "12027-01-31{enter}"),
    _step("step-quantity", "The quantity of the last line", PICKER, "1BLT-HEX-02{enter}{f2}"),
    _step("step-many", "A quantity that is typed", PICKER, "1{f2}1200"),
    _step("step-question", "A question", PICKER, "1{f7}"),
    _step("step-reference", "The reference", PICKER, "1{f8}"),
    _step("step-confirm", "All is said", PICKER, "1PO-1{enter}{enter}{enter}"),
    _step("step-posted", "Posted", PICKER, "1{f8}"),
    _step("step-undo", "The last document undone?", PICKER, "1{f9}"),
    _step("step-fefo", "Another lot than the first", PICKER, "2F-01-01{enter}MLK-UHT-01{enter}260516F{enter}"),
    _step("step-target", "Transfer: where to", PICKER, "3H-02-08{enter}"),
    _step("step-adjusted", "Adjustment: the item", PICKER, "4H-01-01{enter}1{enter}"),
    _step("count-empty", "Nothing found at a location", PICKER, "8{f2}F-01-01{f10}F-01-01{enter}{f8}"),
    _step("count-lot", "Counting: the lot", PICKER, "8{down}{enter}MLK-UHT-01{enter}"),
    _step("count-expiry", "Counting: the expiry date", PICKER, "8{down}{enter}L-78{enter}"),
    _step("count-refused", "Counting: an unknown code", PICKER, "8{down}{enter}{escape}UNKNOWN-LABEL{enter}"),
    _step("nothing-found", "Nothing found", PICKER, "5NO-SUCH-THING{enter}"),
    _step("chosen-row", "A row is chosen", PICKER, "7BLT{down}{down}"),
    _step("since", "History: the first day", PICKER, "6{f6}2026-06"),
    _step("override", "A lot that may be taken", ADMIN, "1DOCK-01{enter}CHS-SLC-01{enter}L-79{enter}2026-01-31{enter}"),
    _step("override-reason", "Why it is taken", ADMIN, "12026-01-31{enter}{f6}"),
)
