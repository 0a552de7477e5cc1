using System.Globalization;

namespace ScaleFunctions.Reliability.Tests;

/// <summary>How large the storms are, and their figures in <c>artifacts/reliability-storms.md</c>.</summary>
internal static class StormReport
{
    private static readonly Lock Gate = new();
    private static readonly List<string> Lines = [];

    /// <summary>Distinct events; RELIABILITY_EVENTS says how many, 10,000 in the long form.</summary>
    public static int Events { get; } = int.Parse(Environment.GetEnvironmentVariable("RELIABILITY_EVENTS") ?? "200", CultureInfo.InvariantCulture);

    public static bool IsLong => Events >= 10_000;

    public static void Add(string line)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(line);
        lock (Gate)
        {
            Lines.Add($"- {line}");
            var file = Path.Combine(Path.GetDirectoryName(Built.Report)!, "reliability-storms.md");
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllLines(file, Lines);
        }
    }
}
