using System.Text.RegularExpressions;

namespace ScaleFunctions.Security.Tests;

/// <summary>The checklist has all 33 rows, and each names tests that exist, or says who else answers it and what replaces that here.</summary>
public sealed partial class ChecklistTests
{
    [Fact]
    public void Every_row_is_there() =>
        Assert.Equal(Enumerable.Range(1, 33).Select(number => $"S{number:00}"), ChecklistRow.ReadAll().Select(row => row.Id));

    [Fact]
    public void Every_test_that_a_row_names_exists()
    {
        var sources = NamedTests.Read();

        Assert.Empty(ChecklistRow.ReadAll().SelectMany(row => row.Tests.Where(test => !sources.Contains(test)).Select(test => $"{row.Id} names {test}")));
    }

    [Fact]
    public void Every_row_is_held_by_a_test_or_a_step_of_the_command() => Assert.All(
        ChecklistRow.ReadAll(), row => Assert.True(row.Tests.Count > 0 || row.Steps.Count > 0, $"{row.Id} names neither"));

    [Fact]
    public void What_is_left_to_others_is_told_with_a_reason() => Assert.All(
        ChecklistRow.ReadAll().Where(row => row.Open.Length > 0), row => Assert.Matches(Reason(), row.Open));

    [Fact]
    public void Every_step_is_one_that_the_command_knows()
    {
        var command = File.ReadAllText(Path.Combine(Repository.Root, "tests", "Security", "run"));

        Assert.All(ChecklistRow.ReadAll().SelectMany(row => row.Steps), step => Assert.Contains($"\nstep_{step}() {{", command, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_test_of_this_project_holds_a_row()
    {
        var named = ChecklistRow.ReadAll().SelectMany(row => row.Tests).ToHashSet();
        var classes = named.Where(test => test.Count(letter => letter == '.') == 1).ToHashSet();

        var own = NamedTests.Read().Where(test => test.StartsWith("Security.", StringComparison.Ordinal) && test.Count(letter => letter == '.') == 2).ToList();
        Assert.InRange(own.Count, 30, 1_000);
        Assert.DoesNotContain(own, test => !test.Contains(nameof(ChecklistTests), StringComparison.Ordinal) && !named.Contains(test) && !classes.Contains(test[..test.LastIndexOf('.')]));
    }

    [Fact]
    public void A_test_that_is_gone_or_renamed_is_noticed()
    {
        var sources = NamedTests.Read();

        Assert.Contains($"Security.{nameof(ChecklistTests)}.{nameof(Every_row_is_there)}", sources);
        Assert.Contains($"Security.{nameof(ChecklistTests)}", sources);
        Assert.DoesNotContain($"Security.{nameof(ChecklistTests)}.Every_row_is_ther", sources);
        Assert.DoesNotContain($"App.{nameof(ChecklistTests)}", sources);
    }

    [GeneratedRegex("^(HOST|PART): .{20,}", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Reason();
}
