using System.Text;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Policies.Differences;

namespace ScaleFunctions.Core.Tests.Policies.Differences;

public sealed class PolicySetDifferenceTests
{
    private const string Web =
        """
        apiVersion: scalefunctions/v1
        kind: HorizontalScaling
        metadata: { name: web }
        spec:
          workload: shop
          instances: { minimum: 2, maximum: 12 }
          zones: [a, b]
          signals:
            - { name: cpu, target: 60 }
            - { name: queue, target: 5 }
          floors:
            - { when: "Mon-Fri 07:00-19:00", minimum: 6 }
            - { when: "Sat 08:00-12:00", minimum: 3 }
        """;

    [Theory]
    [InlineData("maximum: 12", "maximum: 20", "spec.instances.maximum: 12 → 20")]
    [InlineData("minimum: 2, maximum: 12", "maximum: 12", "spec.instances.minimum: 2 → –")]
    [InlineData("workload: shop", "workload: shop\n  cooldown: 5m", "spec.cooldown: – → 5m")]
    [InlineData("zones: [a, b]", "zones: [a, c]", "spec.zones: [a, b] → [a, c]")]
    [InlineData("name: queue, target: 5", "name: queue, target: 7", "spec.signals[queue].target: 5 → 7")]
    [InlineData("    - { name: cpu, target: 60 }\n", "", "spec.signals[cpu].name: cpu → –; spec.signals[cpu].target: 60 → –")]
    [InlineData("minimum: 6", "minimum: 7", "spec.floors[]: { when: Mon-Fri 07:00-19:00, minimum: 6 } → { when: Mon-Fri 07:00-19:00, minimum: 7 }")]
    [InlineData("    - { when: \"Mon-Fri 07:00-19:00\", minimum: 6 }\n", "", "spec.floors[]: { when: Mon-Fri 07:00-19:00, minimum: 6 } → –")]
    [InlineData("workload: shop", "workload: \"7\"", "spec.workload: shop → \"7\"")]
    [InlineData("{ name: web }", "{ name: web, owner: ann }", "metadata.owner: – → ann")]
    public void Names_the_field_and_both_values(string old, string now, string expected)
    {
        Assert.Contains(old, Web, StringComparison.Ordinal);

        var differences = Between([File("a.yml", Web)], [File("a.yml", Web.Replace(old, now, StringComparison.Ordinal))]);

        Assert.All(differences, difference => Assert.Equal("HorizontalScaling web", difference.Policy));
        Assert.Equal(expected, string.Join("; ", differences.Select(Text)));
    }

    [Fact]
    public void Comments_quotes_the_order_of_fields_and_the_files_make_no_difference()
    {
        var other = "# a comment\n" + Web.Replace("{ minimum: 2, maximum: 12 }", "\n    maximum: 12 # more\n    minimum: 2", StringComparison.Ordinal)
            .Replace("workload: shop", "workload: 'shop'", StringComparison.Ordinal);

        Assert.Empty(Between([File("a.yml", Web)], [File("sub/b.yaml", other)]));
    }

    [Fact]
    public void A_list_in_another_order_is_told_as_a_whole()
    {
        var lines = Web.Split('\n').ToList();
        (lines[^1], lines[^2]) = (lines[^2], lines[^1]);

        var difference = Assert.Single(Between([File("a.yml", Web)], [File("a.yml", string.Join('\n', lines))]));

        Assert.Equal("spec.floors", difference.Field);
        Assert.StartsWith("[{ when: Sat", difference.After, StringComparison.Ordinal);
    }

    [Fact]
    public void A_policy_that_is_new_is_told_with_its_fields_and_one_that_is_gone_once()
    {
        const string Bounds = "apiVersion: scalefunctions/v1\nkind: Guardrails\nmetadata: { name: platform }\nspec: { maximumInstances: 8 }\n";

        Assert.Equal(
            [": – → new", "spec.maximumInstances: – → 8"],
            Between([File("a.yml", Web)], [File("a.yml", Web), File("b.yml", Bounds)]).Select(Text));
        var gone = Assert.Single(Between([File("a.yml", $"{Web}\n---\n{Bounds}")], [File("a.yml", Web)]));
        Assert.Equal(("Guardrails platform", ": there → –"), (gone.Policy, Text(gone)));
    }

    [Fact]
    public void Of_a_calendar_and_a_file_with_errors_the_text_is_compared()
    {
        var differences = Between(
            [File("ch.ics", "BEGIN:VCALENDAR\n"), File("a.yml", "kind: [")], [File("ch.ics", "BEGIN:VCALENDAR\nEND:VCALENDAR\n"), File("a.yml", "kind: {")]);

        Assert.Equal(["calendar ch.ics", "file a.yml, which has errors"], differences.Select(difference => difference.Policy));
        Assert.StartsWith("1 lines, SHA-256 ", differences[0].Before, StringComparison.Ordinal);
        Assert.StartsWith("2 lines, SHA-256 ", differences[0].After, StringComparison.Ordinal);
        Assert.NotEqual(differences[1].Before, differences[1].After);
    }

    [Fact]
    public void Two_policies_of_a_name_are_two()
    {
        var other = Web.Replace("maximum: 12", "maximum: 20", StringComparison.Ordinal);

        var difference = Assert.Single(Between([File("a.yml", Web), File("b.yml", Web)], [File("a.yml", Web), File("b.yml", other)]));

        Assert.Equal("HorizontalScaling web (2)", difference.Policy);
    }

    private static IReadOnlyList<PolicyDifference> Between(IReadOnlyList<PolicyFile> before, IReadOnlyList<PolicyFile> after) => PolicySetDifference.Between(before, after);

    private static PolicyFile File(string name, string text) => new(name, Encoding.UTF8.GetBytes(text));

    private static string Text(PolicyDifference difference) => $"{difference.Field}: {difference.Before ?? "–"} → {difference.After ?? "–"}";
}
