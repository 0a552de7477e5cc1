using System.Text;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Tests.Policies;

/// <summary>What forbade something and cannot be read any more must not let anybody act, however it was broken.</summary>
public sealed class LostBoundsTests
{
    private const string Guardrails =
        """
        apiVersion: scalefunctions/v1
        kind: Guardrails
        metadata: { name: platform }
        spec:
          maximumInstances: 20

        """;

    private const string Calendar =
        """
        apiVersion: scalefunctions/v1
        kind: ChangeCalendar
        metadata: { name: changes }
        spec:
          freezes:
            - { when: "Fri 18:00-24:00", reason: week-end }

        """;

    public static TheoryData<string, byte[]> Files => new()
    {
        { "UTF-16", Encoding.Unicode.GetBytes(Guardrails) },
        { "an invisible mark", Encoding.UTF8.GetBytes(Guardrails.Replace("platform", "plat\u200Eform")) },
        { "too large", Encoding.UTF8.GetBytes(Guardrails + "#" + new string('x', PolicyFile.MaximumBytes)) },
        { "a stray byte", [.. Encoding.UTF8.GetBytes(Guardrails + "# caf"), 0xE9, (byte)'\n'] },
        { "a kind in the singular", Encoding.UTF8.GetBytes(Guardrails.Replace("kind: Guardrails", "kind: Guardrail")) },
        { "a mistyped calendar", Encoding.UTF8.GetBytes(Calendar.Replace("ChangeCalendar", "ChangeCalender")) },
        { "a kind in lower case", Encoding.UTF8.GetBytes(Guardrails.Replace("kind: Guardrails", "kind: guardrails")) },
        { "no kind", Encoding.UTF8.GetBytes(Guardrails.Replace("kind: Guardrails\n", "")) },
        { "an empty kind", Encoding.UTF8.GetBytes(Guardrails.Replace("kind: Guardrails", "kind:")) },
        { "no fields", Encoding.UTF8.GetBytes("- Guardrails\n") },
        { "a mistyped kind that does not parse", Encoding.UTF8.GetBytes(Guardrails.Replace("kind: Guardrails", "kind: Guardrail").Replace("20", "[20")) },
        { "text", Encoding.UTF8.GetBytes("not a policy: [\n") },
        { "a separator that is missing", Encoding.UTF8.GetBytes(PolicyTexts.Workload.Replace("web-shop", "other").Replace("app: shop", "app: x") + Guardrails) },
        { "behind too many broken documents", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("kind: PolicyTest\nx: [\n---\n", 102)) + Guardrails) },
        { "behind too many documents", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("apiVersion: scalefunctions/v1\nkind: PolicyTest\n---\n", 1001)) + Guardrails) },
        { "a workload nobody defined", Encoding.UTF8.GetBytes(Guardrails + "  workloads: [webshop]\n") },
        { "a workload nobody defined in a calendar", Encoding.UTF8.GetBytes(Calendar + "  workloads: [webshop]\n") },
        { "two of one name", Encoding.UTF8.GetBytes(PolicyTexts.Join(Guardrails, Guardrails.Replace("20", "10"))) },
        { "two calendars of one name", Encoding.UTF8.GetBytes(PolicyTexts.Join(Calendar, Calendar.Replace("changes", "Changes"))) },
    };

    /// <summary>Documents that are certainly something else: what is wrong with them costs them alone.</summary>
    public static TheoryData<string, string> OtherFiles => new()
    {
        { "a broken policy test", "apiVersion: scalefunctions/v1\nkind: PolicyTest\nspec: [\n" },
        { "a kind in quotes with a comment", "kind: \"Workload\" # the shop\nspec: [\n" },
        { "costs with errors", "apiVersion: scalefunctions/v1\nkind: CostMonitoring\nmetadata: { name: budget }\nspec: { x: 1 }\n" },
        { "broken costs", "kind: CostMonitoring\nspec: [\n" },
        { "a field twice", PolicyTexts.Workload.Replace("web-shop", "other") + "metadata: { name: another }\n" },
        { "nothing", "# nothing yet\n" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Observes_while_bounds_may_be_lost(string how, byte[] content)
    {
        var policies = Read(content);

        Assert.True(policies.AreBoundsLost, how);
        Assert.Equal(PolicyMode.Observe, policies.Workloads.Single(workload => workload.Name == "web-shop").Mode);
        Assert.Contains(policies.Errors, error => error.Source.File == "g.yml" && error.Message.Contains("every workload only observes until that is mended", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(OtherFiles))]
    public void Acts_when_what_is_broken_bounds_nothing(string how, string text)
    {
        var policies = Read(Encoding.UTF8.GetBytes(text));

        Assert.False(policies.AreBoundsLost, how);
        Assert.Equal(PolicyMode.Act, policies.Workloads.Single(workload => workload.Name == "web-shop").Mode);
        Assert.Contains(policies.Errors, error => error.Source.File == "g.yml");
    }

    [Fact]
    public void A_workload_that_has_errors_is_there_all_the_same()
    {
        var policies = Read(Encoding.UTF8.GetBytes(PolicyTexts.Join(
            Guardrails + "  workloads: [other]\n", PolicyTexts.Workload.Replace("web-shop", "other").Replace("mode: act", "mode: perhaps"))));

        Assert.False(policies.AreBoundsLost);
        Assert.DoesNotContain(policies.Errors, error => error.Message.Contains("not defined", StringComparison.Ordinal));
    }

    [Fact]
    public void Two_of_one_name_are_told_with_both_places() => Assert.Equal(
        [
            "g.yml:3:19: the name 'platform' is also that of the Guardrails at g.yml:9:19, so every workload only observes until that is mended; rename one",
            "g.yml:9:19: the name 'platform' is also that of the Guardrails at g.yml:3:19, so every workload only observes until that is mended; rename one",
        ],
        Read(Encoding.UTF8.GetBytes(PolicyTexts.Join(Guardrails, Guardrails))).Errors.Select(error => error.ToString()));

    [Theory]
    [InlineData("Guardrails", true)]
    [InlineData("Guardrail", true)]
    [InlineData("Workload", false)]
    public void A_bug_met_in_a_document_costs_that_document_alone(string kind, bool isLost)
    {
        var errors = new PolicyErrors("g.yml");
        var document = Assert.Single(ParsedDocument.ReadAll(new PolicyFile("g.yml", Encoding.UTF8.GetBytes(Guardrails.Replace("kind: Guardrails", $"kind: {kind}"))), errors));

        Assert.Null(BindingAttempt.Run(document, () => throw new OverflowException("too far")));

        Assert.Equal(
            ["g.yml:1:1: this document cannot be read because of a bug in the program; please report it (OverflowException: 'too far')"],
            errors.Shown.Select(error => error.ToString()));
        Assert.Equal(isLost, errors.LostBounds is not null);
    }

    private static PolicySet Read(byte[] content) =>
        PolicyReader.Read([new PolicyFile("g.yml", content), new PolicyFile("p.yml", Encoding.UTF8.GetBytes(PolicyTexts.All))]);
}
