"""How the shipped reader is made: data, train, export, calibrate, each run as ``python -m qabot.training.<step>``.

Needs the extra ``qabot[train]``. Nothing else imports this package. The public question sets are found by ``$QABOT_DATA``.
"""
