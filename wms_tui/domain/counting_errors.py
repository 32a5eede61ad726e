"""What is refused in counting, with the sentence for the person who reads it."""

from __future__ import annotations

from wms_tui.domain.errors import Refused, Stale
from wms_tui.domain.texts import N_


class NothingToCount(Refused):
    template = N_("Say what to count: a location, a category or a product.")


class NothingThere(Refused):
    template = N_("There is nothing to count there: no open location that holds stock, or none of these products.")


class TooManyCodes(Refused):
    template = N_("At most {most} codes can be listed. Count a location or a category instead.")


class LocationNotInCount(Refused):
    template = N_("{code} does not belong to this count. Count it in another one.")


class ProductNotInCount(Refused):
    template = N_("{sku} does not belong to this count. Leave it where it is.")


class LocationFirst(Refused):
    template = N_("Scan the location first, then what is there.")


class LocationTaken(Refused):
    template = N_("{name} counts at {code}. Use another location, or take it over with F6.")


class LocationCounted(Refused):
    template = N_("{code} is counted already. F6 counts all of it again, from nothing.")


class NotCounting(Stale):
    template = N_("This count is {state}: nothing more is counted in it.")


class NotInReview(Stale):
    template = N_("This count is {state}. It can be approved once it has been handed over.")


class DeskChanged(Stale):
    template = N_("You counted on at another terminal. It is shown as it is now: look, then enter this again.")


class LocationLost(Stale):
    template = N_("{code} was taken over by {name}. What you entered now was not counted. Scan another location.")


class LocationsInWork(Refused):
    template = N_("Not finished yet: {codes}. Finish these locations with F8 first.")


class LocationsLeft(Refused):
    template = N_("{count} locations are not counted: {codes}.")


class NothingCounted(Refused):
    template = N_("Nothing is counted yet. Count a location first, or cancel the count.")


class LineUnfinished(Refused):
    template = N_("{sku} is not complete: its lot or date is missing. Enter it, or press Esc.")


class ApprovedByCounter(Refused):
    template = N_("You took part in this count. Somebody else must approve it.")


class RecountNeeded(Refused):
    template = N_("To be counted again before this can be posted: {codes}.")


class BeingCounted(Refused):
    template = N_("Somebody counts at {codes} now. Have it counted again when that is finished.")


class NoLines(Refused):
    template = N_("Choose the lines to be counted again first.")


class ReviewChanged(Stale):
    template = N_("The count has changed in the meantime: {count} lines differ now. Look again, then approve.")


class GoodsMovedOn(Refused):
    template = N_(
        "{sku} at {location}: {wanted} less were counted, but only {on_hand} are there by now. Have it counted again."
    )


class NotYours(Refused):
    template = N_("{name} began this count. He can cancel it, or somebody who reviews counts.")
