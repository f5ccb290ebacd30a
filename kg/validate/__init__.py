"""Whether a graph is as the shapes say; quarantine for what is not."""

from kg.validate.data import read_rdf
from kg.validate.quarantine import Sifted, quarantine
from kg.validate.report import Problem, Report
from kg.validate.shapes import validate, validate_files

__all__ = ["Problem", "Report", "Sifted", "quarantine", "read_rdf", "validate", "validate_files"]
