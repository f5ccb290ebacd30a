"""Documents as they are published, read into one form: text, title, round and sections."""

from kg.read.documents import read_document, read_documents

__all__ = ["read_document", "read_documents"]
