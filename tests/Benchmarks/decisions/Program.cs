using BenchmarkDotNet.Running;
using ScaleFunctions.Decisions.Benchmarks;

BenchmarkRunner.Run<DecidingBenchmark>(args: args);
