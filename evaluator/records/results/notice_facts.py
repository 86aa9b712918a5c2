"""What a notice needs and no evaluation knows: identifiers, kinds of suppliers and days of contracts."""

from evaluator.records.programme.published import Day, Pounds, Published


class SupplierFacts(Published):
    """What an organisation is, as it says itself; None where it was not asked.

    ``associated`` are persons whom it relies on for conditions, ``connected`` what may be published of those who have
    significant control, each in words.
    """

    organisation: str
    sme: bool | None = None
    ngo: bool | None = None
    supported_employment: bool | None = None
    mutual: bool | None = None
    associated: tuple[str, ...] = ()
    connected: tuple[str, ...] = ()


class ContractFacts(Published):
    """One contract, by the bid that it is made on; ``signed`` is the day on which it is entered into."""

    bid: str
    number: str = ""
    value_with_vat: Pounds | None = None
    planned: Day = ""
    signed: Day = ""
    starts: Day = ""
    ends: Day = ""
    options: str = ""
    kpis: tuple[str, ...] = ()
    no_kpis_because: str = ""


class LotFacts(Published):
    """What is bought in one lot: its codes of the common vocabulary, and where it is done."""

    theme: str
    cpv: tuple[str, ...] = ()
    area: str = ""
    reserved: str = ""  # "no", or for whom the lot was reserved under section 32 or 33 of the Procurement Act


class NoticeFacts(Published):
    """Everything of a notice that people add; each key may be left out, and the notice then says that it is missing."""

    procurement_id: str = ""
    authority_id: str = ""
    authority_address: str = ""
    authority_email: str = ""
    conflicts_revised: Day = ""  # the day on which the conflicts assessment was last looked at
    supplier: tuple[SupplierFacts, ...] = ()
    contract: tuple[ContractFacts, ...] = ()
    lot: tuple[LotFacts, ...] = ()
