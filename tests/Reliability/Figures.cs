using System.Globalization;

namespace ScaleFunctions.Reliability.Tests;

/// <summary>
/// What <c>tests/Reliability/run</c> makes its table of: a line in a file for each piece of work as soon as it was judged, so that a
/// run that is stopped loses only what it was at. Without the file's name in the environment nothing is written.
/// </summary>
internal static class Figures
{
    private static readonly string? File = Environment.GetEnvironmentVariable("RELIABILITY_FIGURES");
    private static readonly Lock Gate = new();

    /// <summary>Notes trials that were judged together.</summary>
    public static void Add(int trials, Verdict verdict) => Add(trials, verdict.Effective, verdict.Duplicates.Count, verdict.Wrong.Count);

    /// <param name="trials">How often it was tried.</param>
    /// <param name="effective">Writes that took effect meanwhile: in Azure, or where a row says so, in the store.</param>
    /// <param name="duplicates">Of these, those that repeated one.</param>
    /// <param name="wrong">Everything else that must not be.</param>
    /// <param name="remark">A figure that has no column.</param>
    public static void Add(int trials, int effective, int duplicates, int wrong, string remark = "") =>
        Write(string.Create(CultureInfo.InvariantCulture, $"done\t{trials}\t{effective}\t{duplicates}\t{wrong}\t{remark}"));

    /// <summary>Notes why something was not tried.</summary>
    public static void Skip(string reason)
    {
        Write($"skipped\t{reason}");
        Assert.Skip(reason);
    }

    private static void Write(string line)
    {
        if (File is null)
        {
            return;
        }

        lock (Gate)
        {
            System.IO.File.AppendAllText(File, $"{line}\n");
        }
    }
}
