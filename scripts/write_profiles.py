"""Write docs/profiles.md from the profiles of data/profiles.

python scripts/write_profiles.py
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from incidents.intake.mapping.describe import describe_profiles  # noqa: E402
from incidents.intake.mapping.profile import list_profiles  # noqa: E402

if __name__ == "__main__":
    page = describe_profiles(list_profiles(ROOT / "data" / "profiles"))
    (ROOT / "docs" / "profiles.md").write_text(page, "utf-8")
