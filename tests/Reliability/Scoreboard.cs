using System.Collections.Concurrent;
using ScaleFunctions.Reliability.Tests;

[assembly: AssemblyFixture(typeof(Scoreboard))]

namespace ScaleFunctions.Reliability.Tests;

/// <summary>Collects what was tried and what came of it, and writes tables to <c>artifacts/reliability-points.md</c> at the end.</summary>
public sealed class Scoreboard : IDisposable
{
    private readonly ConcurrentBag<(IReadOnlyList<Line> Lines, Verdict Verdict)> _grounds = [];

    internal void Add(IReadOnlyList<Line> lines, Verdict verdict) => _grounds.Add((lines, verdict));

    public void Dispose()
    {
        if (!_grounds.IsEmpty)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Built.Report)!);
            File.WriteAllLines(Built.Report, Tables());
        }
    }

    private IEnumerable<string> Tables()
    {
        yield return $"# Workers killed at named points, {Trials.Count} trials each";
        yield return "";
        yield return "Effective writes are counted while the workers of a point lived. Duplicates and wrongs are judged once for the";
        yield return "points that share a ground, at its end. Journal behind: kills after a row was written and before its journal was.";
        yield return "";
        yield return "| point | trials | kills | effective writes | journal behind | duplicates | wrong |";
        yield return "| --- | ---: | ---: | ---: | ---: | ---: | ---: |";
        var points = _grounds.SelectMany(ground => ground.Lines.Select(line => (Line: line, ground.Verdict))).GroupBy(each => each.Line.Point).ToList();
        foreach (var point in points.OrderBy(point => point.Key, StringComparer.Ordinal))
        {
            yield return $"| {point.Key} | {Trials.Count} | {point.Sum(each => each.Line.Kills)} | {point.Sum(each => each.Line.Effective)} | {point.Sum(each => each.Line.JournalBehind)} "
                + $"| {point.Sum(each => each.Verdict.Duplicates.Count)} | {point.Sum(each => each.Verdict.Wrong.Count)} |";
        }

        var all = _grounds.SelectMany(ground => ground.Lines).ToList();
        yield return $"| **{points.Count} points** | {points.Count * Trials.Count} | {all.Sum(line => line.Kills)} | {all.Sum(line => line.Effective)} | {all.Sum(line => line.JournalBehind)} "
            + $"| {_grounds.Sum(ground => ground.Verdict.Duplicates.Count)} | {_grounds.Sum(ground => ground.Verdict.Wrong.Count)} |";
        yield return "";
        yield return $"Over the whole lives of the {_grounds.Count} grounds, settling included, {_grounds.Sum(ground => ground.Verdict.Effective)} writes took effect, and the actions ended so:";
        yield return "";
        foreach (var end in _grounds.SelectMany(ground => ground.Verdict.Ends).GroupBy(end => end.Key).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            yield return $"- {end.Key}: {end.Sum(each => each.Value)}";
        }
    }

    /// <summary>What was tried at one point.</summary>
    internal sealed class Line(string point)
    {
        public string Point { get; } = point;

        public int Kills { get; set; }

        public int Effective { get; set; }

        public int JournalBehind { get; set; }
    }
}
