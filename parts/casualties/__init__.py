"""The charts of casualties and munitions."""
