"""Checks ontology/, tests/shapes/ and examples/queries/ with tools other than our own.

    pip install rdflib pyshacl owlrl
    python tools/check_ontology.py

Says what is wrong, one line each, and exits 1 if anything is.
"""

import pathlib
import re
import sys

from owlrl import DeductiveClosure, OWLRL_Semantics
from pyshacl import validate
from rdflib import RDF, RDFS, SKOS, Graph, Namespace, URIRef
from rdflib.plugins.sparql import prepareQuery

ROOT = pathlib.Path(__file__).resolve().parent.parent
ANNALS = "https://w3id.org/annals#"
SH = Namespace("http://www.w3.org/ns/shacl#")
CLASH = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")  # what owlrl writes for a contradiction


def load(*names):
    graph = Graph()
    for name in names:
        graph.parse(ROOT / name)
    return graph


def undocumented_terms(ontology):
    """Terms without label, definition, example or home."""
    terms = {term for term in ontology.subjects() if str(term).startswith(ANNALS)}
    for term in sorted(terms):
        for needed in (RDFS.label, SKOS.definition, SKOS.example, RDFS.isDefinedBy):
            if ontology.value(term, needed) is None:
                yield f"{term} has no {needed}"


def undeclared_terms(ontology, *users):
    """Terms that shapes or samples use and the ontology does not know."""
    declared = set(ontology.subjects())
    for graph in users:
        for term in sorted({node for triple in graph for node in triple if str(node).startswith(ANNALS)} - declared):
            yield f"{term} is used and not declared"


def contradictions(*names):
    graph = load("ontology/annals.ttl", *names)
    DeductiveClosure(OWLRL_Semantics).expand(graph)
    return [f"inconsistent under OWL 2 RL: {clash}" for clash in graph.objects(None, CLASH)]


def wrong_verdicts(shapes):
    """Samples with more or fewer violations than their comments "# wrong:" announce."""
    for name in ("good", "bad"):
        path = f"tests/shapes/{name}.ttl"
        _, report, text = validate(load(path), shacl_graph=shapes, meta_shacl=True)
        found = len(set(report.subjects(RDF.type, SH.ValidationResult)))
        announced = len(re.findall(r"^# wrong:", (ROOT / path).read_text(), re.M))
        if found != announced:
            yield f"{path}: {found} violations, {announced} announced\n{text}"


def faulty_queries():
    for path in sorted((ROOT / "examples/queries").glob("*.rq")):
        text = path.read_text()
        parameters = set(re.findall(r"^# param: (\w+)", text, re.M))
        if not text.startswith("# title: "):
            yield f"{path.name} has no title in its first line"
        if parameters != set(re.findall(r"\$(\w+)", text)):
            yield f"{path.name} uses other parameters than it announces"
        try:
            prepareQuery(text)
        except Exception as error:  # the parser's own classes are not public
            yield f"{path.name}: {error}"


ontology, shapes = load("ontology/annals.ttl"), load("ontology/shapes.ttl")
faults = [
    *undocumented_terms(ontology),
    *undeclared_terms(ontology, shapes, load("tests/shapes/good.ttl")),
    *contradictions(),
    *contradictions("tests/shapes/good.ttl"),
    *wrong_verdicts(shapes),
    *faulty_queries(),
]
print("\n".join(faults) or "ontology, shapes and queries are sound")
sys.exit(bool(faults))
