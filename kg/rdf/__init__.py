"""RDF terms and quads: made, written as text, and handed to rdflib and back."""
