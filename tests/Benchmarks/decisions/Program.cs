using BenchmarkDotNet.Running;
using ScaleFunctions.Decisions.Benchmarks;

// Without a choice both are run.
BenchmarkSwitcher.FromTypes([typeof(DecidingBenchmark), typeof(BacktestBenchmark)]).Run(args.Length > 0 ? args : ["--filter", "*"]);
