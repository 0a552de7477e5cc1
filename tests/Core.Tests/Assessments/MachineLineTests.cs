using ScaleFunctions.Core.Assessments;
using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Assessments;

public sealed class MachineLineTests
{
    private static readonly TargetId Machine = TargetId.Parse("/subscriptions/s-1/resourceGroups/shop/providers/Microsoft.Compute/virtualMachines/build");

    [Theory]
    [InlineData(0.03, MachineFinding.Idle)]
    [InlineData(0.031, MachineFinding.HalfEmpty)]
    [InlineData(0.30, MachineFinding.HalfEmpty)]
    [InlineData(0.31, null)]
    public void The_busiest_quarters_tell_whether_it_is_idle_or_half_empty(double load, MachineFinding? finding) =>
        Assert.Equal(finding, MachineLine.Of(Assessed(Ran(load, 1)), new AssessmentTerms())?.Finding);

    [Fact]
    public void It_costs_what_it_ran()
    {
        var line = MachineLine.Of(Assessed(Ran(0.01, 0.5)), new AssessmentTerms())!;

        Assert.Equal((new Money(73m, "USD"), 0.5, 1d), (line.PerMonth, line.Ran, line.BusiestPercent));
    }

    [Fact]
    public void One_that_was_shut_down_from_within_costs_all_of_it_and_is_judged_without_metrics()
    {
        var stopped = Assessed(new CapacityUse.Unjudged("it has no metrics")) is var each
            ? each with { Target = each.Target with { Remark = MachineRemarks.StoppedAndBilled } } : null!;
        var line = MachineLine.Of(stopped, new AssessmentTerms())!;
        var assessment = EstateAssessment.Of(new AssessmentFacts
        {
            At = Some.Noon,
            Terms = new AssessmentTerms(),
            Inventory = new InventoryReading.Complete([stopped.Target]),
            Targets = [stopped],
            Settings = [],
            Gaps = [],
        });

        Assert.Equal((MachineFinding.StoppedAndBilled, new Money(146m, "USD"), null), (line.Finding, line.PerMonth, line.BusiestPercent));
        Assert.Equal((1, 0, 1), (assessment.Judged, assessment.NotJudged.Count, assessment.Machines.Count));
        Assert.Empty(assessment.Surplus);
    }

    [Fact]
    public void A_scale_set_is_no_machine() =>
        Assert.Null(MachineLine.Of(new AssessedTarget(Some.Target(), Ran(0.01, 1), new PriceReading.Missing("none")), new AssessmentTerms()));

    private static AssessedTarget Assessed(CapacityUse use) => new(
        Some.Target(capacity: 1) with { Id = Machine }, use,
        new PriceReading.Known(new Price(new Money(0.20m, "USD"), PriceBasis.Retail, new DateOnly(2026, 3, 1), "meter")));

    private static CapacityUse.Judged Ran(double load, double share) =>
        new() { MeanInstances = share, IsCountAssumed = false, Load = load, MeanPercent = 1, Needed = 1, Coverage = share };
}
