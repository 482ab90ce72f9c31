"""Many cases and articles, on this machine or on a Dask cluster."""

from bordermap.batch.engines import engine, local_workers
from bordermap.batch.items import Item, Unusable, read_items
from bordermap.batch.runs import Batch, Failure, Finished, Progress, Report
from bordermap.batch.tasks import Engine, Lost
from bordermap.batch.work import Outcome, Settings

__all__ = [
    "Batch",
    "Engine",
    "Failure",
    "Finished",
    "Item",
    "Lost",
    "Outcome",
    "Progress",
    "Report",
    "Settings",
    "Unusable",
    "engine",
    "local_workers",
    "read_items",
]
