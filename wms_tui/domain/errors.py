"""Everything that can be refused, with the sentence for the person who reads it.

::

    WmsError
    ├── Refused                   the request is understood and not carried out; nothing was written
    │   ├── UnknownCode · UnknownLocation · UnknownProduct · UnknownUnit · UnknownLot · UnknownReason · NotFound
    │   ├── BadQuantity · NotWhole · NotEnoughStock · TooMuchStock · QuantityOutOfRange · BadCost
    │   ├── InactiveProduct · ClosedLocation · LocationHoldsNoStock · SameLocation · LocationMissing · WrongLocationKind
    │   ├── LotMissing (SerialMissing) · ExpiryMissing · LotNotTracked · ExpiryConflict · BadDate (AmbiguousDate)
    │   ├── TooOld                  a lot that does not keep long enough, and others: ``lot_errors.py``
    │   ├── ReasonMissing · ReasonEmpty · WrongReason · BadReasonCode · FutureDate · SerialQuantity · EmptyDocument
    │   ├── BadText · BadCharacters
    │   ├── AlreadyReversed · NotReversible · RequestConflict · Stale
    │   │   └── DraftChanged · DraftPosted · DraftGone      a draft that two terminals work at
    │   ├── PostingAsked · NothingToUndo · NoLineYet · NoDocumentYet
    │   ├── WrongEntry              a code of one kind where another kind is asked for
    │   ├── NamesNoProduct · ContentUnknown · …         a code that is understood and of no use: ``scan_errors.py``
    │   ├── FieldMissing · SkuTaken · CodeInUse · ProductChanged · …   the catalog: ``catalog_errors.py``
    │   ├── StepNotMet · SecretMissing · …              a replay: ``replay_errors.py``
    │   ├── Unencodable · DoesNotFit · BadSize · BadCopies · TooManyLabels · NoLabels   ``labels.py``, ``label_*.py``
    │   ├── UnknownPrinter · NoPrinter · PrinterInUse · HostMissing · JobMoved · …   printers: ``print_errors.py``
    │   ├── NothingToSeal · NoHashes                    seals: ``seals.py``
    │   ├── RaggedRow · BadJson · CellMissing · CellError · NotANumber · AmbiguousNumber · TooManyPlaces · …
    │   │                           one row of a file: ``file_errors.py``
    │   └── BadRows                 a file with rows that cannot be taken, all of them listed: ``file_errors.py``
    ├── AccessError
    │   ├── WrongPassword · AccountLocked · AccountDisabled · NotAllowed · SessionEnded · SignInMissing
    │   ├── RoleTaken · RoleFixed · RoleInUse · BeyondOwn · Outranked · …   keeping people: ``roles.py``
    │   ├── WrongPin · WeakPin · PinsDiffer · BadBadge · BadgeTaken     badges: ``badges.py``
    │   └── AlreadySetUp · WeakPassword · PasswordsDiffer · NameTaken · BadName · LastAdministrator
    ├── DatabaseError             the database cannot do its work: ``database_errors.py``
    │   ├── DatabaseReadOnly · DatabaseFull · DatabaseDamaged · DatabaseForbidden
    │   ├── DatabaseBusy · PlaceInUse · DatabaseInUse · DatabaseCrowded · DatabaseSlow
    │   ├── DatabaseUnavailable · DatabaseMissing · DatabaseNotMade
    │   ├── StillBusy               a seal for which others never stopped writing: ``seals.py``
    │   ├── NotOurDatabase · DatabaseTooNew · DatabaseTooOld · DatabaseEmpty
    │   └── HoldsData · HoldsNewer · Contradiction · Unsound · …   bringing in a backup: ``backup_errors.py``
    ├── FileError                 a file that cannot be read or written
    │   ├── FileMissing · FileEmpty · FileUndecodable · BadWorkbook · MissingColumns · …   ``file_errors.py``
    │   └── BackupInTheWay · NotABackup · BackupDamaged · BackupTooNew   ``backup_errors.py``
    ├── LabelsNotInstalled        the extra ``labels`` is missing: ``print_errors.py``
    ├── BadSetting                what the environment or ``wms.toml`` says cannot be
    └── NoTerminal
"""

from __future__ import annotations

from typing import Any, ClassVar

from wms_tui.domain.texts import N_, Translate, as_written, sentence


class WmsError(Exception):
    """A refusal with its own sentence. Fields of the template are given by name and kept in ``fields``."""

    template: ClassVar[str] = N_("Something went wrong.")

    def __init__(self, **fields: Any) -> None:
        super().__init__(self.template)
        self.fields = fields

    read: str = ""
    """The parts of the GS1 code that was refused, where a code had some; told after the sentence."""

    def text(self, translate: Translate = as_written) -> str:
        """The whole sentence in the reader's language."""
        told = sentence(translate, self.template, self.fields)
        return f"{told} [{self.read}]" if self.read else told

    def __str__(self) -> str:
        return self.text()

    @property
    def code(self) -> str:
        """A stable name for programs, such as ``NotEnoughStock``."""
        return type(self).__name__


class Refused(WmsError):
    """The request was understood and not carried out; nothing was written."""


class UnknownCode(Refused):
    template = N_("Unknown code {code}. Check the label, or look the product up by name.")


class UnknownLocation(Refused):
    template = N_("Unknown location {code}. Scan the label on the shelf.")


class UnknownProduct(Refused):
    template = N_("Unknown product {code}. Check the SKU or barcode.")


class UnknownUnit(Refused):
    template = N_("Product {sku} has no unit {unit}. Use one of: {known}.")


class UnknownLot(Refused):
    template = N_("Product {sku} has no lot {lot}. Check the lot label.")


class UnknownReason(Refused):
    template = N_("Unknown reason {code}. Use one of: {known}.")


class NotAChoice(Refused):
    template = N_("{text} is none of the choices. Use the arrow keys, or type one of: {known}.")


class NotFound(Refused):
    template = N_("There is no {what} {code}.")


class BadQuantity(Refused):
    template = N_("{text} is not a quantity. Enter a number above 0, with at most {places} decimals.")


class NotWhole(Refused):
    template = N_("{sku} is counted in whole {unit}, and this would be {base}. Enter another quantity.")


class QuantityOutOfRange(Refused):
    template = N_("{text} is too much: a quantity is at most {most}.")


class NotEnoughStock(Refused):
    template = N_(
        "Not enough stock of {sku} at {location}: {on_hand} on hand, {wanted} wanted. "
        "Take less, or use another location."
    )


class TooMuchStock(Refused):
    template = N_("{location} cannot hold so much of {sku}: at most {most}. Check the quantity.")


class BadCost(Refused):
    template = N_("{text} is not a unit cost. Enter 0 or more, with at most {places} decimals.")


class InactiveProduct(Refused):
    template = N_("Product {sku} is inactive. Ask the administrator to activate it.")


class ClosedLocation(Refused):
    template = N_("Location {code} is closed. Use another location.")


class LocationHoldsNoStock(Refused):
    template = N_("{code} ({kind}) holds no stock. Scan a bin.")


class WrongLocationKind(Refused):
    template = N_("{movement}: {code} ({kind}) cannot be used there. Use another location.")


class SameLocation(Refused):
    template = N_("From and to are both {code}. Choose two different locations.")


class LocationMissing(Refused):
    template = N_("The location is missing. Scan the location first.")


class LotMissing(Refused):
    template = N_("Product {sku} is tracked by lot: the lot is missing. Enter the lot number.")


class SerialMissing(LotMissing):
    template = N_("Product {sku} is tracked by serial number. Scan or enter the serial number.")


class ExpiryMissing(Refused):
    template = N_("Lot {lot} of {sku} is new: its expiry date is missing. Enter it as YYYY-MM-DD.")


class LotNotTracked(Refused):
    template = N_("Product {sku} is not tracked by lot: leave the lot empty.")


class ExpiryConflict(Refused):
    template = N_("Lot {lot} of {sku} expires on {known}, not on {given}. Check the label.")


class BadDate(Refused):
    template = N_("{text} is not a date. Enter it as YYYY-MM-DD.")


class AmbiguousDate(BadDate):
    template = N_("{text} may be {first} or {second}. Enter it as YYYY-MM-DD.")


class ReasonMissing(Refused):
    template = N_("An adjustment needs a reason. Use one of: {known}.")


class ReasonEmpty(Refused):
    template = N_("The reason is empty. Say why, in a few words.")


class WrongReason(Refused):
    template = N_("Reason {code} moves stock {direction}. Name the location on the other side, or use another reason.")


class BadReasonCode(Refused):
    template = N_("A reason needs a code without control characters, such as BROKEN.")


class FutureDate(Refused):
    template = N_("{at} lies in the future. Enter the time at which the goods moved.")


class SerialQuantity(Refused):
    template = N_("Product {sku} is tracked by serial number: move 1 at a time, each with its own number.")


class EmptyDocument(Refused):
    template = N_("There is nothing to post: no line was entered.")


class AlreadyReversed(Refused):
    template = N_("{number} was already reversed by {by}.")


class NotReversible(Refused):
    template = N_("{number} is a reversal itself and cannot be reversed. Enter the movement again.")


class RequestConflict(Refused):
    template = N_("Request {key} was already posted as {number} with other contents. Use a new key.")


class Stale(Refused):
    template = N_("{what} {code} was changed by somebody else in the meantime. Load it again.")


class DraftChanged(Stale):
    template = N_("This draft was changed at another terminal. It is shown as it is now: look, then enter this again.")


class DraftPosted(Stale):
    template = N_("This draft was posted as {number}. What you entered now was not taken. A new draft begins.")


class DraftGone(Stale):
    template = N_("This draft was thrown away at another terminal. What you entered now was not taken.")


class WrongEntry(Refused):
    template = N_("{code} is a {found}, but a {wanted} is asked for here.")


class PostingAsked(Refused):
    template = N_("{code} was not taken: the document waits to be posted. Press F8 to post it, or Esc to go back.")


class NothingToUndo(Refused):
    template = N_("There is nothing to undo in this draft.")


class NoLineYet(NothingToUndo):
    template = N_("There is no line yet whose quantity could be set. Scan an item first.")


class NoDocumentYet(NothingToUndo):
    template = N_("You have posted no document that could be undone.")


class BadText(Refused):
    template = N_("{field} is too long: {length} characters, at most {most}.")


class BadCharacters(Refused):
    template = N_("This holds characters that cannot be kept. Enter it again without them.")


class AccessError(WmsError):
    """Somebody may not do what was asked."""


class WrongPassword(AccessError):
    template = N_("User name or password is wrong.")


class AccountLocked(AccessError):
    template = N_("Too many wrong passwords. Try again in {seconds} seconds.")


class AccountDisabled(AccessError):
    template = N_("This account is disabled. Ask the administrator.")


class SignInMissing(AccessError):
    template = N_("Sign in first: set WMS_USER and WMS_PASSWORD.")


class SessionEnded(AccessError):
    template = N_("You were signed out. Sign in again; your draft is kept.")


class NotAllowed(AccessError):
    template = N_("Your role {role} may not do this ({permission}). Ask the administrator.")


class WeakPassword(AccessError):
    template = N_("This password is too easy to guess. Use at least {least} characters, no common words in a row.")


class AlreadySetUp(AccessError):
    template = N_("The database {where} has users already: no administrator was made. Use: wms user add")


class PasswordsDiffer(AccessError):
    template = N_("The two passwords differ. Nothing was changed.")


class NameTaken(AccessError):
    template = N_("The name {name} is taken. Choose another.")


class BadName(AccessError):
    template = N_("{name} is not a user name. Use 1 to {most} letters, digits, dots, hyphens or underscores.")


class LastAdministrator(AccessError):
    template = N_("{name} is the last administrator and cannot be disabled or given another role.")


class FileError(WmsError):
    template = N_("{path} cannot be used: {why}.")


class BadSetting(WmsError):
    template = N_("The setting {name} is {text}. It must be {wanted}.")


class NoTerminal(WmsError):
    template = N_("The application needs a terminal. For what scripts can do, see: wms --help")
