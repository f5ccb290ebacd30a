"""Validation of RDF with SHACL (https://www.w3.org/TR/shacl/), whatever the shapes are about."""
