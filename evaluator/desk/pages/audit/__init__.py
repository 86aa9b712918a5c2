"""The record: the ledger, the bundle with its seals, replay, verify and signatures; and a desk for auditors."""
