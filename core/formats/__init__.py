"""Files that other programs wrote or read: recognised, read with their faults told, written."""
