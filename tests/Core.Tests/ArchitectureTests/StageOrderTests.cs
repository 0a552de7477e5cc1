using System.Text.RegularExpressions;

namespace ScaleFunctions.Core.Tests.ArchitectureTests;

public sealed partial class StageOrderTests
{
    /// <summary>A folder may use those before it. What is known of Azure is shared by all; infrastructure code and conformance stand by themselves; the last six may use every stage.</summary>
    private static readonly string[] Order =
    [
        "Targets", "Autoscale", "Prices", "Costs", "Limits", "Sizes", "ActivityLogs", "Advisories", "InfrastructureCode", "Conformance",
        "Policies", "Signals", "Forecasts", "Decisions", "Plans", "Actions", "Checks", "Journal",
        "State", "SelfCosts", "Throttling", "Assessments", "Cycle", "Backtests",
    ];

    [Fact]
    public void A_stage_uses_only_stages_to_its_left() => Assert.Empty(
        from file in Sources.Files
        from used in Used(Sources.Read(file))
        where Array.IndexOf(Order, used) > Array.IndexOf(Order, file.Split('/')[0])
        select $"{file} uses {used}");

    [Fact]
    public void Every_folder_has_its_place() =>
        Assert.All(Sources.Files.Where(file => file.Contains('/')), file => Assert.Contains(file.Split('/')[0], Order));

    [Fact]
    public void Namespaces_are_folders() => Assert.All(Sources.Files, file => Assert.Contains(
        $"namespace ScaleFunctions.Core{string.Concat(file.Split('/').SkipLast(1).Select(folder => $".{folder}"))};",
        Sources.Read(file), StringComparison.Ordinal));

    /// <summary>Forecasts/Models is the one exception: there the models of a forecast are what the word means.</summary>
    [Fact]
    public void No_folder_is_a_place_for_everything() => Assert.Empty(Sources.Files
        .Where(file => !file.StartsWith("Forecasts/Models/", StringComparison.Ordinal))
        .SelectMany(file => file.Split('/').SkipLast(1))
        .Intersect(["Common", "Utils", "Helpers", "Managers", "Models", "Services", "Interfaces"], StringComparer.OrdinalIgnoreCase));

    [Fact]
    public void The_scan_sees_directives_and_qualified_names() => Assert.Equal(
        ["Plans", "Actions", "Journal"],
        Used("using ScaleFunctions.Core.Plans;\nvar a = ScaleFunctions.Core.Actions.Settlement.Deadline;\nvar b = Journal.JournalChain.Append();"));

    [Fact]
    public void The_scan_sees_no_use_in_comments_and_members() =>
        Assert.Empty(Used("/// <summary>Plans.Planner</summary>\n// Plans.Planner\nvar a = row.Journal.Outbox;"));

    private static IEnumerable<string> Used(string source) => source.Split('\n')
        .Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal))
        .SelectMany(line => FullName().Matches(line).Concat(RelativeName().Matches(line)))
        .Select(match => match.Groups["folder"].Value)
        .Where(folder => Order.Contains(folder))
        .Distinct();

    [GeneratedRegex(@"ScaleFunctions\.Core\.(?<folder>\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex FullName();

    /// <summary>A sibling namespace can be named without the part in common.</summary>
    [GeneratedRegex(@"(?<![\w.])(?<folder>[A-Z]\w+)\.[A-Z]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex RelativeName();
}
