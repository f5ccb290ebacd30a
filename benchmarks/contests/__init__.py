"""What is measured: one module a contest, one function a contestant."""
