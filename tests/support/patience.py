"""How long a test waits for what must come: a busy machine is slow, not wrong.

Whoever waits takes this number; `tests/checks/test_patience.py` refuses a smaller one.
"""

PATIENCE = 120  # seconds
PATIENCE_MS = PATIENCE * 1000
