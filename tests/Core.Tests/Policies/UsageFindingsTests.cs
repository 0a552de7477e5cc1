using System.Text;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Tests.Policies;

public sealed class UsageFindingsTests
{
    [Fact]
    public void Findings_stand_alone_and_have_usual_terms()
    {
        var set = Set("findings: { select: { tags: { app: shop } } }");

        Assert.Empty(set.Errors);
        Assert.Empty(set.UsageOptimization);
        var policy = Assert.Single(set.UsageFindings);
        Assert.Equal(("nights", TimeSpan.FromDays(7), TimeSpan.FromDays(30), TimeSpan.FromDays(90), 3d, "USD"), (policy.Name, policy.NotifyAfter, policy.DeallocatedAfter, policy.SnapshotsOlderThan, policy.IdleBelow, policy.Currency));
    }

    [Fact]
    public void They_stand_beside_off_hours()
    {
        var set = Set(
            "offHours: { onHours: [\"Mon-Fri 07:00-19:00\"], to: { instances: 1 } }",
            "findings: { select: { resourceGroup: old }, notifyAfter: 0m, deallocatedAfter: 60d, snapshotsOlderThan: 365d, idleBelow: 1.5, within: 14d, currency: EUR }");

        Assert.Empty(set.Errors);
        Assert.Single(set.UsageOptimization);
        var policy = Assert.Single(set.UsageFindings);
        Assert.Equal((TimeSpan.Zero, TimeSpan.FromDays(60), TimeSpan.FromDays(365), 1.5, TimeSpan.FromDays(14), "EUR"), (policy.NotifyAfter, policy.DeallocatedAfter, policy.SnapshotsOlderThan, policy.IdleBelow, policy.Within, policy.Currency));
    }

    [Theory]
    [InlineData("{}", 7, null)]
    [InlineData("{ after: 3d }", 3, null)]
    [InlineData("{ after: 1d, inUse: { metric: Percentage CPU, above: 5, within: 1h } }", 1, 5d)]
    public void What_is_done_is_said_by_act_and_nothing_without_it(string act, int days, double? above)
    {
        Assert.Null(Assert.Single(Set("findings: { select: { type: vm } }").UsageFindings).Act);

        var set = Set($"findings: {{ select: {{ type: vm }}, act: {act} }}");

        Assert.Empty(set.Errors);
        var policy = Assert.Single(set.UsageFindings);
        Assert.Equal(("web-shop", TimeSpan.FromDays(days), above), (policy.Workload, policy.Act!.After, policy.Act.InUse?.Above));
    }

    [Theory]
    [InlineData("findings: { notifyAfter: 7d }", "lacks the required field 'select'")]
    [InlineData("findings: { select: { tags: { app: shop } }, notifyAfter: 91d }", "from 0")]
    [InlineData("findings: { select: { tags: { app: shop } }, idleBelow: 21 }", "idleBelow")]
    [InlineData("findings: { select: { tags: { app: shop } }, currency: euro }", "three capital letters")]
    [InlineData("findings: { select: { tags: { app: shop } }, delete: true }", "delete")]
    [InlineData("findings: { select: { tags: { app: shop } }, act: { after: 1h } }", "after")]
    [InlineData("findings: { select: { tags: { app: shop } }, act: { delete: true } }", "delete")]
    [InlineData("", "needs 'offHours' or 'findings'")]
    public void Says_what_is_wrong(string line, string message)
    {
        var set = Set(line);

        Assert.Contains(set.Errors, error => error.Message.Contains(message, StringComparison.Ordinal));
        Assert.Empty(set.UsageFindings);
    }

    private static PolicySet Set(params string[] lines) => PolicyReader.Read([new PolicyFile("a.yml", Encoding.UTF8.GetBytes(PolicyTexts.Join(
        PolicyTexts.Workload, PolicyTexts.Horizontal, PolicyTexts.LoadBased,
        $"""
        apiVersion: scalefunctions/v1
        kind: UsageOptimization
        metadata: {"{ name: nights }"}
        spec:
          workload: web-shop

        """ + string.Concat(lines.Select(line => $"  {line}\n")))))]);
}
