"""Whether a graph is as the shapes say; quarantine for what is not."""

from kg.validate.check import validate
from kg.validate.quarantine import Sifted, quarantine
from kg.validate.report import FORMATS, Problem, Report

__all__ = ["FORMATS", "Problem", "Report", "Sifted", "quarantine", "validate"]
