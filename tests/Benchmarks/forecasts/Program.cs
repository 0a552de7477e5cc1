using BenchmarkDotNet.Running;
using ScaleFunctions.Forecasts.Benchmarks;

BenchmarkRunner.Run<ForecastBenchmarks>(args: args);
