"""Whether the polygons of a file or dataset fit together, and what is wrong where they do not."""

from bordermap.topology.checks import checked, unusable
from bordermap.topology.drafts import Draft, DraftFile, drafts_of, read_drafts
from bordermap.topology.report import Problem, TopologyReport

__all__ = [
    "Draft",
    "DraftFile",
    "Problem",
    "TopologyReport",
    "checked",
    "drafts_of",
    "read_drafts",
    "unusable",
]
