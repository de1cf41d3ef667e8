"""Munitions launched, intercepted and impacted: sums, and the answer that page and API tell."""
