using System.Collections.Concurrent;
using ScaleFunctions.Reliability.Tests;

[assembly: AssemblyFixture(typeof(Scoreboard))]

namespace ScaleFunctions.Reliability.Tests;

/// <summary>Collects what was tried and what came of it, and writes a table to <c>artifacts/reliability.md</c> at the end.</summary>
public sealed class Scoreboard : IDisposable
{
    private readonly ConcurrentBag<Line> _lines = [];

    internal void Add(string point, int kills, Verdict verdict) => _lines.Add(new Line(point, kills, verdict));

    public void Dispose()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Built.Report)!);
        File.WriteAllLines(Built.Report, Table());
    }

    private IEnumerable<string> Table()
    {
        yield return "| point | trials | kills | effective writes | duplicates | wrong | ends of actions |";
        yield return "| --- | ---: | ---: | ---: | ---: | ---: | --- |";
        foreach (var line in _lines.OrderBy(line => line.Point, StringComparer.Ordinal))
        {
            yield return $"| {line.Point} | {Trials.Count} | {line.Kills} | {line.Verdict.Effective} | {line.Verdict.Duplicates.Count} "
                + $"| {line.Verdict.Wrong.Count} | {string.Join(", ", line.Verdict.Ends.Select(end => $"{end.Key} {end.Value}"))} |";
        }

        yield return $"| **all {_lines.Count}** | {_lines.Count * Trials.Count} | {_lines.Sum(line => line.Kills)} | {_lines.Sum(line => line.Verdict.Effective)} "
            + $"| {_lines.Sum(line => line.Verdict.Duplicates.Count)} | {_lines.Sum(line => line.Verdict.Wrong.Count)} | |";
    }

    private sealed record Line(string Point, int Kills, Verdict Verdict);
}
