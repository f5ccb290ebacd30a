"""What mlperf-kg costs in time and memory, measured beside its peers: `python -m benchmarks`."""
