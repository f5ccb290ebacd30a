"""Official results, read from MLCommons' results repositories.

A repository is read file by file (`files`, `gather`): system files (`system_file`), logs (`log`); the round's rule
(`score`) makes results of them (`repository`), the framework as run is found (`framework`), the results are rows
(`table`), and their names are linked to the vocabulary (`link`, `results`).
"""
