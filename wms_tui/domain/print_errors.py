"""What is refused of printers and print jobs. See the tree in ``errors.py``."""

from __future__ import annotations

from wms_tui.domain.errors import Refused, Stale, WmsError
from wms_tui.domain.texts import N_


class UnknownPrinter(Refused):
    template = N_("There is no printer {name} in use. Choose one of: {known}.")


class NoPrinter(Refused):
    template = N_("There is no printer {name}, and no other one either. An administrator can set one up.")


class PrinterInUse(Refused):
    template = N_("Jobs wait for {name}. Cancel them first, or let them be printed.")


class HostMissing(Refused):
    template = N_("The printer's address is missing: a name or an IP address in the network.")


class FolderMissing(Refused):
    template = N_("The folder for PDF files is missing: give its full path on this machine.")


class BadPort(Refused):
    template = N_("{text} is not a port. Enter a whole number from 1 to 65535; label printers have 9100.")


class BadDpi(Refused):
    template = N_("{text} is not a resolution that label printers have. Use one of: {known}.")


class JobMoved(Stale):
    template = N_("Job {job} is {state} now, and cannot become {wanted}. Look at the queue again.")


class LabelsNotInstalled(WmsError):
    template = N_("Labels need libraries that are not installed. Install them by: pip install 'wms-tui[labels]'")
