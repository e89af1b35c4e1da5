"""croissant.json: what the dataset holds, in the words of ML Commons' Croissant 1.0 (JSON-LD). Pure."""

from collections.abc import Mapping
from typing import Any

from station_app.dataset.sample import COLUMNS

_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataBiases": "cr:dataBiases",
    "dataCollection": "cr:dataCollection",
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "personalSensitiveInformation": "cr:personalSensitiveInformation",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
_TYPES: Mapping[str, str] = {
    "VARCHAR": "sc:Text",
    "INTEGER": "sc:Integer",
    "BIGINT": "sc:Integer",
    "DOUBLE": "sc:Float",
    "BOOLEAN": "sc:Boolean",
}


def croissant(samples_sha256: str) -> dict[str, Any]:
    """The description; its one table is samples.csv, of the given hash."""
    table = {
        "@type": "cr:FileObject",
        "@id": "samples.csv",
        "name": "samples.csv",
        "contentUrl": "samples.csv",
        "encodingFormat": "text/csv",
        "sha256": samples_sha256,
    }
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": "inspection-records",
        "description": "Images of inspected parts with the labels that people at the line and reviewers gave them.",
        "distribution": [table],
        "recordSet": [
            {
                "@type": "cr:RecordSet",
                "@id": "samples",
                "name": "samples",
                "field": [_field(name, _TYPES[kind]) for name, kind in COLUMNS.items()],
            }
        ],
    }


def _field(name: str, kind: str) -> dict[str, Any]:
    return {
        "@type": "cr:Field",
        "@id": f"samples/{name}",
        "name": name,
        "dataType": kind,
        "source": {"fileObject": {"@id": "samples.csv"}, "extract": {"column": name}},
    }
