"""The statistics: counts are exact wherever they can be."""
