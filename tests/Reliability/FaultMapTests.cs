using System.Text.RegularExpressions;

namespace ScaleFunctions.Reliability.Tests;

/// <summary>The table of faults in docs/reliability.md names tests that exist, and no fault is missing from it.</summary>
public sealed partial class FaultMapTests
{
    private static readonly (char Group, int Count)[] Groups = [('M', 10), ('A', 14), ('C', 10), ('E', 9), ('T', 5), ('F', 4), ('B', 3)];

    [Fact]
    public void Every_fault_has_a_row()
    {
        var expected = Groups.SelectMany(group => Enumerable.Range(1, group.Count).Select(number => $"{group.Group}{number}"));

        Assert.Equal(expected, FaultRow.ReadAll().Select(row => row.Id));
    }

    [Fact]
    public void Every_test_that_a_row_names_exists()
    {
        var sources = TestSources.Read(Path.Combine(Built.Repository, "tests"));

        Assert.Empty(FaultRow.ReadAll().SelectMany(row => row.Tests.Where(test => !sources.Has(test)).Select(test => $"{row.Id} names {test}")));
    }

    [Fact]
    public void What_no_test_holds_is_told_with_a_reason() => Assert.All(
        FaultRow.ReadAll(), row => Assert.True(
            row.Tests.Count > 0 || Reason().IsMatch(row.Open), $"{row.Id} has neither a test nor 'HOST: …' or 'NOT YET: …'"));

    [Fact]
    public void A_test_that_is_gone_or_renamed_is_noticed()
    {
        var sources = TestSources.Read(Path.Combine(Built.Repository, "tests"));

        Assert.True(sources.Has($"{nameof(FaultMapTests)}.{nameof(Every_fault_has_a_row)}"));
        Assert.False(sources.Has($"{nameof(FaultMapTests)}.Every_fault_has_a_ro"));
        Assert.False(sources.Has($"{nameof(JudgeTests)}.{nameof(Every_fault_has_a_row)}"));
        Assert.False(sources.Has("NoSuchTests"));
    }

    [GeneratedRegex("^(HOST|NOT YET): .{10,}", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Reason();
}
